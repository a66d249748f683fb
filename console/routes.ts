/** What a query string may carry; what is undefined or null is left out. */
type Query = Record<string, string | number | boolean | null | undefined>;

/** Every address of the console. Nobody writes one by hand. */
export const routes = {
  overview: () => '/',
  /** `range` (`1h`) or `from` and `to`, never both; `sel` is the position of the selected event. */
  events: (query: EventsQuery = {}) => withQuery('/events', query),
  event: (position: string) => `/events/${segment(position)}`,
  streams: (query: { category?: string | null; q?: string | null } = {}) => withQuery('/streams', query),
  stream: (streamId: string, query: StreamQuery = {}) => withQuery(`/streams/${segment(streamId)}`, query),
  /** One command and all that it caused. */
  trace: (correlationId: string, query: { view?: string | null } = {}) =>
    withQuery(`/traces/${segment(correlationId)}`, query),
  projections: () => '/projections',
  /** `tab`: lag, errors, versions, rows or completeness; `act` opens the sheet of an act on version `of`. */
  projection: (name: string, query: ProjectionQuery = {}) => withQuery(`/projections/${segment(name)}`, query),
  /** `group`: projection, version and fingerprint with dots between, or the fingerprint alone. */
  parked: (query: { group?: string | null; event?: string | null; do?: string | null } = {}) =>
    withQuery('/parked', query),
  processes: (query: { show?: string | null; process?: string | null } = {}) => withQuery('/processes', query),
  commands: (query: { type?: string | null; outcome?: string | null; actor?: string | null } = {}) =>
    withQuery('/commands', query),
  /** The form of a command type, for a stream where one is given. */
  command: (commandType: string, query: { stream?: string | null } = {}) =>
    withQuery(`/commands/${segment(commandType)}`, query),
  commandRun: (commandId: string) => `/commands/runs/${segment(commandId)}`,
  /** `new` opens the form. */
  compare: (query: { new?: boolean | null } = {}) => withQuery('/compare', query),
  experiment: (id: string, query: ExperimentQuery = {}) => withQuery(`/compare/${segment(id)}`, query),
  search: (query: { q?: string | null; category?: string | null } = {}) => withQuery('/search', query),
  audit: (query: AuditQuery = {}) => withQuery('/audit', query),
  approvals: () => '/approvals',
  gateway: () => '/settings/gateway',
  operators: () => '/settings/operators',
  apiKeys: () => '/settings/keys',
  security: () => '/account/security',
  sessions: () => '/account/sessions',
  /** `next`: the page to go on to. */
  signIn: (query: { next?: string | null } = {}) => withQuery('/sign-in', query),
  /** With the secret of a one-time link behind `#`. */
  welcome: () => '/welcome',
  design: () => '/design',
} as const;

type EventsQuery = {
  range?: string | null;
  from?: string | null;
  to?: string | null;
  category?: string | null;
  type?: string | null;
  stream?: string | null;
  actor?: string | null;
  corr?: string | null;
  q?: string | null;
  where?: string | null;
  pos?: string | null;
  sel?: string | null;
  view?: 'lanes' | 'table' | null;
  payload?: string | null;
  time?: string | null;
  lanes?: string | null;
  live?: boolean | null;
};

type ProjectionQuery = { tab?: string | null; act?: string | null; of?: number | null; row?: string | null };

type StreamQuery = {
  v?: number | null;
  cmp?: number | null;
  at?: string | null;
  tab?: string | null;
  where?: string | null;
};

type AuditQuery = { who?: string | null; act?: string | null; q?: string | null; sel?: string | null };

type ExperimentQuery = { tab?: string | null; cause?: number | null; key?: string | null };

/** A dynamic segment as the page gets it, decoded; null where its escapes are broken. */
export function readSegment(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}

function segment(value: string): string {
  return encodeURIComponent(value);
}

function withQuery(path: string, query: Query): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== false);
  const text = new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString();
  return text === '' ? path : `${path}?${text}`;
}
