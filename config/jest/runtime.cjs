const { createRequire } = require('node:module');
const { compileFunction } = require('node:vm');
const { default: Runtime } = require('jest-runtime');

/** What a file became: its compiled function by its code, and where its source map lies. */
const compiled = new Map();
const transformed = new Map();

/**
 * A package is loaded by Node itself, once for all test files of a process. A file of ours is compiled once and run anew for each test
 * file, so that none sees what another has left in it. Loading thousands of modules for each file was a third of the suite's time.
 */
class SharedPackages extends Runtime {
  constructor(...options) {
    super(...options);
    const parameters = this.executor.injectedModuleParameters;
    this.executor.compile = (source, filename) => {
      const known = compiled.get(filename);
      if (known?.source === source) return known.run;
      const run = compileFunction(source, parameters, { filename });
      compiled.set(filename, { source, run });
      return run;
    };
    const cache = this.transformCache;
    const transform = cache.transform.bind(cache);
    cache.transform = (filename, options) => {
      const written = this.fileCache.readFile(filename);
      const known = transformed.get(filename);
      if (known?.written !== written) {
        const code = transform(filename, options);
        transformed.set(filename, { written, code, map: cache.sourceMaps.get(filename) });
        return code;
      }
      if (known.map) cache.sourceMaps.set(filename, known.map);
      return known.code;
    };
  }

  requireModuleOrMock(from, name) {
    if (name.startsWith('.') || name.startsWith('/')) return super.requireModuleOrMock(from, name);
    return createRequire(from)(name);
  }
}

module.exports = { __esModule: true, default: SharedPackages };
