/** Who may import whom. Each name is the sentence that a violation prints. */
const code = '^(infra|functions|statemachines|shared)/';
const aTest = '\\.(test|bench)\\.ts$';

/** Tests may import whom they like. */
const ofProduct = (name, path, to, comment) => ({
  ...{ name, ...(comment && { comment }), severity: 'error' },
  ...{ from: { path, pathNot: aTest }, to },
});

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'there-are-no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'imports-resolve',
      comment: 'aws-lambda is types only, from @types/aws-lambda; there is no such module to resolve.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^aws-lambda$' },
    },
    ofProduct('statemachines-know-only-kernel-model-and-conditions', '^statemachines/', {
      path: code,
      pathNot: '^(statemachines|shared/(kernel|model|conditions))/',
    }),
    {
      name: 'the-language-runs-in-a-browser',
      comment: 'Only run.ts, which stays out of the browser bundle, may draw or hash.',
      severity: 'error',
      from: {
        path: '^(statemachines|shared/conditions)/',
        pathNot: ['\\.test\\.ts$', '/run\\.ts$', '/run-registry\\.ts$', '/generate[^/]*\\.ts$'],
      },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'the-snippet-needs-nothing-but-itself',
      comment: 'What it imports, every visitor of a website loads.',
      severity: 'error',
      from: { path: '^functions/ingest/serve-snippet/browser/' },
      to: { pathNot: '^functions/ingest/serve-snippet/browser/' },
    },
    ofProduct(
      'the-console-talks-to-the-api-only',
      '^functions/console/app/',
      {
        path: code,
        pathNot: [
          '^(functions/console/app|statemachines|shared/(kernel|model|conditions))/',
          '^functions/reports/tables/',
        ],
        dependencyTypesNot: ['type-only'],
      },
      'Of the house it takes what is pure, and of the API’s functions the types of their answers; the tables of the reports, so that it shows the rows that CSV and the terminal have.',
    ),
    ofProduct(
      'tables-of-the-reports-run-in-a-browser',
      '^functions/reports/tables/',
      { pathNot: '^(functions/reports/tables|shared/kernel)/', dependencyTypesNot: ['type-only'] },
      'The console makes them of the answers it has.',
    ),
    ofProduct('the-console-runs-in-a-browser', '^functions/console/app/', { dependencyTypes: ['core'] }),
    {
      name: 'step-types-do-not-know-each-other',
      severity: 'error',
      from: { path: '^statemachines/steps/([^/]+)/', pathNot: aTest },
      to: { path: '^statemachines/steps/[^/]+/', pathNot: '^statemachines/steps/$1/' },
    },
    {
      name: 'channels-do-not-know-each-other',
      severity: 'error',
      from: { path: '^shared/channels/([^/]+)/', pathNot: aTest },
      to: { path: '^shared/channels/[^/]+/', pathNot: '^shared/channels/($1|liquid)/' },
    },
    ofProduct('shared-knows-no-other-room', '^shared/', { path: '^(infra|functions|statemachines|test)/' }),
    ofProduct(
      'meaning-is-pure',
      '^(statemachines|shared/(conditions|policy|model))/',
      { path: '(^|node_modules/)@aws-sdk/|^shared/(store|aws|http)/' },
      'Conditions, policies and the model decide; they read no store, no clock and no network.',
    ),
    {
      name: 'the-sdk-lives-at-the-edge',
      severity: 'error',
      from: {
        path: code,
        pathNot: [
          '^shared/(aws|store)/',
          '^shared/channels/[^/]+/(send|deliver)[^/]*\\.ts$',
          '^infra/local/',
          '^functions/journeys/',
          aTest,
        ],
      },
      to: { path: 'node_modules/@aws-sdk/' },
    },
    {
      name: 'the-cdk-lives-in-infra',
      severity: 'error',
      from: { path: '.', pathNot: ['^infra/(aws/|app\\.ts)', '^test/infra/'] },
      to: { path: 'node_modules/(aws-cdk-lib|constructs|cdk-nag)/' },
    },
    ofProduct('functions-do-not-know-where-they-run', '^functions/', { path: '^(infra|test)/' }),
    ofProduct(
      'contacts-know-no-other-room-of-functions',
      '^functions/contacts/',
      { path: '^functions/', pathNot: '^functions/contacts/' },
      'Every other room changes contacts; what contacts cause, the stream tells the others.',
    ),
    ofProduct('ingest-knows-contacts-only', '^functions/ingest/', {
      path: '^functions/',
      pathNot: '^functions/(ingest|contacts)/',
    }),
    {
      name: 'nobody-relies-on-a-door',
      comment:
        'Only the description of the API names what ingest takes; the console knows the types of answers.',
      severity: 'error',
      from: { path: '^functions/([^/]+)/', pathNot: ['^functions/api/', aTest] },
      to: {
        ...{ path: '^functions/(ingest|api|console)/', pathNot: '^functions/$1/' },
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'the-second-opinion-is-written-apart',
      comment: 'The naive interpreter may share the shape of a document with the product, and no code.',
      severity: 'error',
      from: { path: '^test/differential/interpreter/' },
      to: { pathNot: '^test/differential/interpreter/', dependencyTypesNot: ['type-only'] },
    },
    ofProduct('product-code-does-not-import-tests', code, { path: '^test/' }),
    ofProduct('product-code-uses-no-dev-dependency', '^(functions|statemachines|shared|infra/(local|cli))/', {
      dependencyTypes: ['npm-dev'],
      dependencyTypesNot: ['type-only'],
    }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(cdk\\.out|\\.wayleaf)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      conditionNames: ['node', 'import', 'default'],
    },
  },
};
