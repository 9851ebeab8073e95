/** Compiled at build from a PO file, see config/catalogues.mjs. */
declare module '*.po' {
  export const messages: import('@lingui/core').Messages;
}
