interface TrustedTypePolicyFactory {
  createPolicy(name: string, rules: { createHTML(input: string): string }): unknown;
}

/**
 * Where browsers have trusted types, markup never reaches the page through a text; style sheets, which libraries write into style
 * elements, hold no markup. Call before anything renders.
 */
export function startTrustedTypes(): void {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypePolicyFactory };
  trustedTypes?.createPolicy('default', {
    createHTML: (input) => {
      if (input.includes('<')) throw new TypeError('markup in a text');
      return input;
    },
  });
}
