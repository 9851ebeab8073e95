/** domain <- db <- platform <- features <- apps: each may import what stands left of it. Type-only imports count. */
const LAYERS = ['libs/domain/', 'libs/db/', 'libs/platform/', 'libs/features/', 'apps/'];

/** A feature may use those before it; sideways and back means an event. */
const FEATURES = [
  'identity',
  'directory',
  'sla',
  'files',
  'tickets',
  'writing',
  'collaboration',
  'routing',
  'work',
  'calls',
  'mail',
  'notifications',
  'portal',
  'knowledge',
  'programme',
  'audit',
  'reports',
  'administration',
  'privacy',
];

const anyOf = (names) => `(?:${names.join('|')})`;
const rule = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });

const layerRules = LAYERS.slice(0, -1).map((layer, at) =>
  rule(
    `layer-${layer.split('/')[1]}`,
    'domain <- db <- platform <- features <- apps, never right.',
    { path: `^${layer}` },
    { path: `^${anyOf(LAYERS.slice(at + 1))}` },
  ),
);

const featureRules = FEATURES.slice(0, -1).map((feature, at) =>
  rule(
    `feature-${feature}`,
    `Features use features only downward (${FEATURES.join(' < ')}); else emit an event.`,
    { path: `^libs/features/src/${feature}/` },
    { path: `^libs/features/src/${anyOf(FEATURES.slice(at + 1))}/` },
  ),
);

const DOMAIN = '^libs/domain/src/';
const SPEC = '\\.spec\\.ts$';
const package_ = (name) => `(^|/)node_modules/(@types/)?${name}/`;

module.exports = {
  forbidden: [
    ...layerRules,
    ...featureRules,
    rule(
      'feature-unlisted',
      'A feature folder needs its place in the order: add it to FEATURES in config/dependency-cruiser.cjs.',
      { path: `^libs/features/src/(?!${anyOf(FEATURES)}/)[^/]+/` },
      {},
    ),
    rule('no-cycles', 'Cycles, type-only ones included.', {}, { circular: true }),
    rule(
      'domain-alone',
      'The domain imports only itself; moment-timezone in zone.ts and libphonenumber-js in phone.ts.',
      { path: DOMAIN, pathNot: [SPEC, `${DOMAIN}(zone|phone)\\.ts$`] },
      { pathNot: DOMAIN },
    ),
    rule(
      'domain-zone',
      'zone.ts is the only reader of moment-timezone.',
      { path: `${DOMAIN}zone\\.ts$` },
      { pathNot: [DOMAIN, package_('moment-timezone')] },
    ),
    rule(
      'domain-phone',
      'phone.ts is the only reader of libphonenumber-js.',
      { path: `${DOMAIN}phone\\.ts$` },
      { pathNot: [DOMAIN, package_('libphonenumber-js')] },
    ),
    rule(
      'contract-domain-only',
      'The contract imports domain types only.',
      { path: '^libs/contract/' },
      { path: '^(libs|apps)/', pathNot: '^libs/(contract|domain)/' },
    ),
    rule(
      'contract-not-below',
      'Domain and db know no contract.',
      { path: '^libs/(domain|db)/' },
      { path: '^libs/contract/' },
    ),
    rule(
      'screens-apart',
      'portal, desk and ui import only domain, contract and ui.',
      { path: '^(apps/(portal|desk)|libs/ui)/' },
      { path: '^(libs|apps)/', pathNot: ['^libs/(domain|contract|ui)/', '^apps/(portal|desk)/'] },
    ),
    rule(
      'ui-is-for-screens',
      'Servers import no screens.',
      { path: '^(apps/(api|realtime|worker|all)|libs/(?!ui/))' },
      {
        path: '^(libs/ui|apps/(portal|desk))/',
      },
    ),
    rule('ui-below-apps', 'ui imports no app.', { path: '^libs/ui/' }, { path: '^apps/' }),
    rule(
      'app-alone',
      'An app never imports an app, except `all`.',
      { path: '^apps/(?!all/)([^/]+)/' },
      { path: '^apps/', pathNot: '^apps/$1/' },
    ),
    rule(
      'no-tests-in-code',
      'Code does not import tests.',
      { path: '^(libs|apps)/', pathNot: SPEC },
      { path: `^test/|${SPEC}` },
    ),
    rule('resolvable', 'An import that leads nowhere.', {}, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|dist-web|var|migrations)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['main', 'module', 'types'],
    },
  },
};
