import type { Database } from '#db/database.ts';
import type { ProjectionStatus, ProjectionsStatus } from '#server/projections/status.ts';
import { noteWorst, type OpenAlert, openAlerts, raiseAlert, resolveAlert } from './alert-log.ts';

/** It must keep its objective for this long before its alert is resolved, so that one alert does not become ten. */
const CALM_MS = 10_000;

/** What is to be done about a projection; `calmSince` is when it last came back under its objective. */
export function alertStep(
  { lagSeconds, lag }: Pick<ProjectionStatus, 'lagSeconds' | 'lag'>,
  open: { worstSeconds: number } | undefined,
  { calmSince, nowMs, calmMs = CALM_MS }: { calmSince: number | undefined; nowMs: number; calmMs?: number },
): 'raise' | 'resolve' | 'note' | 'nothing' {
  const late = lagSeconds > lag.objectiveSeconds;
  if (open === undefined) return late ? 'raise' : 'nothing';
  if (late) return lagSeconds > open.worstSeconds ? 'note' : 'nothing';
  return calmSince !== undefined && nowMs - calmSince >= calmMs ? 'resolve' : 'nothing';
}

/** Looks at each pulse, raises alerts where an objective is not met and resolves them where it is met again. */
export function watchObjectives(options: {
  database: Database;
  watch(signal: AbortSignal): AsyncIterable<{ projections: ProjectionsStatus; database: { ok: boolean } }>;
  webhookUrl: string | undefined;
  calmMs?: number;
}): { stop(): Promise<void> } {
  const { database, watch, webhookUrl, calmMs } = options;
  const stopping = new AbortController();
  const calm = new Map<string, number>();

  async function look(projections: readonly ProjectionStatus[]): Promise<void> {
    const open = new Map((await openAlerts(database)).map((alert) => [alert.projection, alert]));
    for (const status of projections) await judge(status, open.get(status.name));
  }

  async function judge(status: ProjectionStatus, open: OpenAlert | undefined): Promise<void> {
    const { name, lagSeconds, lagEvents, lag } = status;
    const nowMs = performance.now();
    if (lagSeconds > lag.objectiveSeconds) calm.delete(name);
    else if (!calm.has(name)) calm.set(name, nowMs);
    const step = alertStep(status, open, { calmSince: calm.get(name), nowMs, ...(calmMs !== undefined && { calmMs }) });
    if (step === 'raise') {
      const message = lag.message ?? `${Math.round(lagSeconds)} s behind`;
      const { objectiveSeconds, cause } = lag;
      const raise = { projection: name, objectiveSeconds, lagSeconds, lagEvents, cause, message };
      await raiseAlert(database, raise, webhookUrl);
    } else if (step === 'resolve' && open !== undefined) await resolveAlert(database, open, webhookUrl);
    else if (step === 'note' && open !== undefined) await noteWorst(database, open, lagSeconds);
  }

  async function run(): Promise<void> {
    for await (const pulse of watch(stopping.signal)) {
      if (stopping.signal.aborted) return;
      // Figures of a database that is away are old, and nothing could be written down.
      if (!pulse.database.ok) continue;
      await look(pulse.projections.projections).catch(() => {});
    }
  }

  const running = run();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
