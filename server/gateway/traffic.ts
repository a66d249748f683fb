/** What passed the gateway of this process, for its page. */
export type Traffic = {
  /** One value a second, the oldest first, of the last minute. */
  requests: number[];
  refusals: number[];
  /** Of the last minute. */
  callers: { name: string; kind: string; requests: number; cost: number }[];
  /** Answers with an error by their code, since the process began, the most frequent first. */
  codes: { code: string; count: number; lastAt: string }[];
};

const SECONDS = 60;
const CALLERS_MAX = 500;
const CODES_MAX = 100;

type Second = {
  at: number;
  requests: number;
  refusals: number;
  callers: Map<string, { kind: string; requests: number; cost: number }>;
};

/** Counts by whole seconds, in memory that does not grow with the traffic. */
export function createTrafficCounter(nowMs: () => number) {
  const ring: Second[] = [];
  const codes = new Map<string, { count: number; lastAtMs: number }>();

  function current(): Second {
    const at = Math.floor(nowMs() / 1000);
    const last = ring[ring.length - 1];
    if (last?.at === at) return last;
    const made: Second = { at, requests: 0, refusals: 0, callers: new Map() };
    ring.push(made);
    if (ring.length > SECONDS + 1) ring.shift();
    return made;
  }

  return {
    request(name: string, kind: string, cost: number): void {
      const second = current();
      second.requests += 1;
      const known = second.callers.get(name);
      if (known === undefined && second.callers.size >= CALLERS_MAX) return;
      if (known === undefined) second.callers.set(name, { kind, requests: 1, cost });
      else {
        known.kind = kind;
        known.requests += 1;
        known.cost += cost;
      }
    },
    refusal(code: string): void {
      current().refusals += 1;
      const known = codes.get(code);
      if (known === undefined && codes.size >= CODES_MAX) return;
      codes.set(code, { count: (known?.count ?? 0) + 1, lastAtMs: nowMs() });
    },
    read(): Traffic {
      const now = Math.floor(nowMs() / 1000);
      const bySecond = new Map(ring.map((second) => [second.at, second]));
      const seconds = Array.from({ length: SECONDS }, (_, index) => bySecond.get(now - SECONDS + index));
      const callers = new Map<string, Traffic['callers'][number]>();
      for (const [name, one] of seconds.flatMap((second) => [...(second?.callers ?? [])])) {
        const before = callers.get(name) ?? { name, kind: one.kind, requests: 0, cost: 0 };
        callers.set(name, { ...before, requests: before.requests + one.requests, cost: before.cost + one.cost });
      }
      return {
        requests: seconds.map((second) => second?.requests ?? 0),
        refusals: seconds.map((second) => second?.refusals ?? 0),
        callers: [...callers.values()].sort((a, b) => b.cost - a.cost).slice(0, 20),
        codes: [...codes]
          .map(([code, { count, lastAtMs }]) => ({ code, count, lastAt: new Date(lastAtMs).toISOString() }))
          .sort((a, b) => b.count - a.count),
      };
    },
  };
}
