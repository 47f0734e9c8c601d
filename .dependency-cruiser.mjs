/** Who may import whom. Each name is the sentence that a violation prints. */
const code = '^(infra|functions|statemachines|shared)/';
const aTest = '\\.(test|bench)\\.ts$';

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
    {
      name: 'statemachines-know-only-kernel-model-and-conditions',
      severity: 'error',
      from: { path: '^statemachines/', pathNot: aTest },
      to: { path: code, pathNot: '^(statemachines|shared/(kernel|model|conditions))/' },
    },
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
    {
      name: 'the-console-talks-to-the-api-only',
      comment: 'Of the house it takes what is pure, and of the API’s functions the types of their answers.',
      severity: 'error',
      from: { path: '^functions/console/app/', pathNot: aTest },
      to: {
        path: code,
        pathNot: '^(functions/console/app|statemachines|shared/(kernel|model|conditions))/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'the-console-runs-in-a-browser',
      severity: 'error',
      from: { path: '^functions/console/app/', pathNot: aTest },
      to: { dependencyTypes: ['core'] },
    },
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
    {
      name: 'shared-knows-no-other-room',
      severity: 'error',
      from: { path: '^shared/', pathNot: aTest },
      to: { path: '^(infra|functions|statemachines|test)/' },
    },
    {
      name: 'meaning-is-pure',
      comment: 'Conditions, policies and the model decide; they read no store, no clock and no network.',
      severity: 'error',
      from: { path: '^(statemachines|shared/(conditions|policy|model))/', pathNot: aTest },
      to: { path: '(^|node_modules/)@aws-sdk/|^shared/(store|aws|http)/' },
    },
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
    {
      name: 'functions-do-not-know-where-they-run',
      severity: 'error',
      from: { path: '^functions/', pathNot: aTest },
      to: { path: '^(infra|test)/' },
    },
    {
      name: 'contacts-know-no-other-room-of-functions',
      comment: 'Every other room changes contacts; what contacts cause, the stream tells the others.',
      severity: 'error',
      from: { path: '^functions/contacts/', pathNot: aTest },
      to: { path: '^functions/', pathNot: '^functions/contacts/' },
    },
    {
      name: 'ingest-knows-contacts-only',
      severity: 'error',
      from: { path: '^functions/ingest/', pathNot: aTest },
      to: { path: '^functions/', pathNot: '^functions/(ingest|contacts)/' },
    },
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
    {
      name: 'product-code-does-not-import-tests',
      severity: 'error',
      from: { path: code, pathNot: aTest },
      to: { path: '^test/' },
    },
    {
      name: 'product-code-uses-no-dev-dependency',
      severity: 'error',
      from: { path: '^(functions|statemachines|shared|infra/(local|cli))/', pathNot: aTest },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
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
