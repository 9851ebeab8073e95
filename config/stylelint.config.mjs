/** Arabic is the same page from the other side: directions are logical, never left or right. */
export default {
  plugins: ['stylelint-use-logical'],
  rules: {
    'csstools/use-logical': ['always', { except: ['float', /^(top|bottom)$/] }],
    'declaration-property-value-disallowed-list': {
      'text-align': ['left', 'right'],
      float: ['left', 'right'],
      clear: ['left', 'right'],
      'font-style': ['italic', 'oblique'],
      'letter-spacing': [/.*/],
      'text-transform': ['uppercase', 'capitalize'],
    },
    'property-disallowed-list': ['left', 'right', 'border-left', 'border-right'],
    'declaration-block-no-duplicate-properties': [true, { ignore: ['consecutive-duplicates-with-different-values'] }],
    'block-no-empty': true,
    'color-no-invalid-hex': true,
    'unit-no-unknown': true,
    'property-no-unknown': true,
  },
};
