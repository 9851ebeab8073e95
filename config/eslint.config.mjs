import tseslint from 'typescript-eslint';

/** Lines of a function that carry code: blank lines, comments and the inside of template strings (SQL) do not count. */
const functionLines = {
  meta: { type: 'suggestion', schema: [{ type: 'integer' }], defaultOptions: [80] },
  create(context) {
    const [limit] = context.options;
    const source = context.sourceCode;
    const check = (node) => {
      const code = new Set();
      for (const token of source.getTokens(node)) {
        code.add(token.loc.start.line);
        code.add(token.loc.end.line); // a template string counts its first and last line only
      }
      if (code.size > limit) context.report({ node, message: `Function of ${code.size} lines (limit ${limit}).` });
    };
    return { FunctionDeclaration: check, FunctionExpression: check, ArrowFunctionExpression: check };
  },
};
const sanad = { rules: { 'function-lines': functionLines, 'function-lines-aim': functionLines } };

const NO_ENV = {
  object: 'process',
  property: 'env',
  message: 'Settings are read in libs/platform/src/config.ts only.',
};
const SYNTAX = [
  { selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
  { selector: 'TSEnumDeclaration', message: 'Use a const array and its union type.' },
];
const PLAIN_ELEMENT = ':matches(JSXFragment, JSXElement:not([openingElement.name.name=/^(Bidi|UserName)$/]))';
const WORDS = '/[A-Za-z\\u00C0-\\u024F\\u0600-\\u06FF]{2}/';
/** On screens, words come from the catalogues and what Arabic would turn round goes through its component. */
const SCREEN_SYNTAX = [
  { selector: `JSXText[value=${WORDS}]`, message: 'Words come from the catalogues: t(id).' },
  {
    selector: `JSXAttribute[name.name=/^(aria-label|aria-description|title|placeholder|alt|label|description)$/] > Literal[value=${WORDS}]`,
    message: 'Words come from the catalogues: t(id).',
  },
  {
    selector: `${PLAIN_ELEMENT} > JSXExpressionContainer > MemberExpression[property.name=/^(e164|phone|phones|callerNumber|reference|followUpCode|email)$/]`,
    message: 'Show it through Phone or Bidi.',
  },
  {
    selector: `${PLAIN_ELEMENT} > JSXExpressionContainer > MemberExpression[property.name=/(At|Local|On|Date)$/]`,
    message: 'Show it through DateTime.',
  },
  {
    selector: `${PLAIN_ELEMENT} > JSXExpressionContainer > MemberExpression[property.name=/^(subject|body|nameFr|nameAr|fileName)$/]`,
    message: 'Show it through UserLine, UserText or UserName.',
  },
  {
    selector: 'CallExpression > MemberExpression[property.name=/^toLocale(Date|Time)?String$/]',
    message: 'Use libs/ui: dates.ts, numbers.ts.',
  },
  { selector: 'MemberExpression[object.name="Intl"]', message: 'Use libs/ui: dates.ts, numbers.ts.' },
  { selector: 'JSXAttribute[name.name="dangerouslySetInnerHTML"]', message: 'Markup never comes from a text.' },
];
const CLOCK = 'In the domain, time and chance are arguments.';

export default tseslint.config(
  { ignores: ['**/dist/**', '**/dist-web/**', '**/node_modules/**', '**/var/**', '**/*.d.ts'] },
  {
    files: ['**/*.{ts,tsx,mts,cts}'],
    languageOptions: { parser: tseslint.parser },
    plugins: { '@typescript-eslint': tseslint.plugin, sanad },
    rules: {
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      complexity: ['error', { max: 10, variant: 'modified' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-var': 'error',
      'prefer-const': 'error',
      'no-console': 'error',
      'no-debugger': 'error',
      'no-restricted-syntax': ['error', ...SYNTAX],
      'no-restricted-properties': ['error', NO_ENV],
      'sanad/function-lines-aim': ['warn', 50],
      'sanad/function-lines': ['error', 80],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
    },
  },
  {
    // The only rules that need types; the domain is synchronous and does without them.
    files: ['apps/**/*.{ts,tsx}', 'libs/**/*.{ts,tsx}', 'test/**/*.{ts,tsx}'],
    ignores: ['libs/domain/**'],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
    },
  },
  {
    files: ['libs/domain/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        NO_ENV,
        { object: 'Date', property: 'now', message: CLOCK },
        { object: 'performance', property: 'now', message: CLOCK },
        { object: 'Math', property: 'random', message: CLOCK },
      ],
      'no-restricted-syntax': [
        'error',
        ...SYNTAX,
        { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: CLOCK },
        { selector: 'CallExpression[callee.name="Date"]', message: CLOCK },
        { selector: 'CallExpression[callee.name="moment"][arguments.length=0]', message: CLOCK },
      ],
    },
  },
  {
    files: ['apps/{portal,desk}/**/*.{ts,tsx}', 'libs/ui/**/*.{ts,tsx}'],
    ignores: ['**/*.spec.ts'],
    rules: { 'no-restricted-syntax': ['error', ...SYNTAX, ...SCREEN_SYNTAX] },
  },
  {
    files: ['**/*.spec.ts', 'test/**'],
    rules: { 'max-lines': 'off', 'sanad/function-lines': 'off', 'sanad/function-lines-aim': 'off' },
  },
  {
    files: ['libs/platform/src/config.ts', 'libs/db/src/cli/**', 'test/**'],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    // What talks to the terminal: commands, entry points, and suites that print figures.
    files: ['apps/*/src/cli/**', 'apps/*/src/main.ts', 'libs/platform/src/process.ts', 'test/**'],
    rules: { 'no-console': 'off' },
  },
  {
    // Tools read their configuration from a default export.
    files: ['**/*.config.ts', 'test/{support,faults}/global-*.ts'],
    rules: { 'no-restricted-syntax': ['error', SYNTAX[1]] },
  },
);
