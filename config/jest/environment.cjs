const { ModuleMocker } = require('jest-mock');
const { installCommonGlobals } = require('jest-util');

/**
 * Tests run in the realm of their process and not in one of their own, so that packages, which are loaded once for a process (runtime.cjs),
 * share `Error`, `Date` and `String` with them. What a file changes of the process' variables is put back behind it.
 */
module.exports = class ProcessEnvironment {
  constructor({ projectConfig }) {
    this.global = globalThis;
    this.moduleMocker = new ModuleMocker(globalThis);
    this.fakeTimers = null;
    this.fakeTimersModern = null;
    this.variables = { ...process.env };
    if (!globalThis.jestCommonGlobals) {
      const { process: own } = globalThis;
      installCommonGlobals(globalThis, projectConfig.globals);
      globalThis.process = own;
      globalThis.jestCommonGlobals = true;
    }
  }
  async setup() {}
  async teardown() {
    for (const name of Object.keys(process.env)) if (!(name in this.variables)) delete process.env[name];
    Object.assign(process.env, this.variables);
  }
  exportConditions() {
    return ['node', 'node-addons'];
  }
  getVmContext() {
    return undefined;
  }
};
