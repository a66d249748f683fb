import type { ResponseName } from './schemas.ts';

/** One address of the REST face: which procedure answers it, and how its answer looks. */
export type Route = {
  method: 'GET' | 'POST';
  /** Below /api/v1; `{name}` becomes a field of the procedure's input. */
  path: string;
  /** Router and procedure, as `streams.append`. */
  procedure: string;
  summary: string;
  response: ResponseName;
  /** Of the answer where it is not 200. */
  statusOf?: (answer: unknown) => number;
  /** Answers 202: what was asked for is done by a worker, or is done and told as an event. */
  accepted?: true;
};
