/**
 * Aliases come from tsconfig and are rewritten by SWC, so global set-up may use them too.
 * Packages are left to Node (config/jest/runtime.cjs), which also knows those that are modules only.
 */
const path = require('node:path');
const ts = require('typescript');
const rootDir = path.resolve(__dirname, '..');
const { compilerOptions } = ts.readConfigFile(path.join(rootDir, 'tsconfig.json'), ts.sys.readFile).config;

const source = {
  swcrc: false,
  module: { type: 'commonjs' },
  sourceMaps: 'inline',
  jsc: {
    target: 'es2022',
    keepClassNames: true,
    baseUrl: rootDir,
    paths: compilerOptions.paths,
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
};
const project = (displayName, testMatch, extra = {}) => ({
  displayName,
  rootDir,
  testEnvironment: '<rootDir>/config/jest/environment.cjs',
  runtime: '<rootDir>/config/jest/runtime.cjs',
  testMatch,
  moduleFileExtensions: ['ts', 'js', 'json', 'node'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/dist-web/', '<rootDir>/var/'],
  transform: { '^.+\\.ts$': ['@swc/jest', source] },
  ...extra,
});

const withDatabase = {
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
};

module.exports = {
  rootDir,
  // Real databases, queues and sockets on a machine that may be busy: a test fails for what it names, not for being slow.
  testTimeout: 60_000,
  // More than the usual two cores: most tests wait for a database or a browser at any moment.
  maxWorkers: 4,
  projects: [
    project('unit', ['<rootDir>/{apps,libs}/**/*.spec.ts']),
    project('integration', ['<rootDir>/test/integration/**/*.spec.ts'], withDatabase),
    project('e2e', ['<rootDir>/test/e2e/**/*.spec.ts'], withDatabase),
    project('browser', ['<rootDir>/test/browser/**/*.spec.ts'], withDatabase),
    // Takes minutes: npm run test:faults.
    ...(process.env.FAULTS
      ? [
          project('faults', ['<rootDir>/test/faults/**/*.spec.ts'], {
            globalSetup: '<rootDir>/test/faults/global-setup.ts',
            globalTeardown: '<rootDir>/test/faults/global-teardown.ts',
          }),
        ]
      : []),
    // Pictures for people to look at (npm run screens), no tests.
    ...(process.env.SCREENS ? [project('screens', ['<rootDir>/test/browser/**/*.screens.ts'], withDatabase)] : []),
  ],
};
