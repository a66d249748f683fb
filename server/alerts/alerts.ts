import type { Position } from '#server/kernel/position.ts';

/** A projection that was further behind than its objective allows. */
export type Alert = {
  alertId: string;
  projection: string;
  objectiveSeconds: number;
  /** The furthest behind it was while the alert was open. */
  worstSeconds: number;
  /** As when it was raised: slow_handler, poison_event, held_mark, lease_lost, no_worker, paused; null: not known. */
  cause: string | null;
  message: string;
  raisedAt: string;
  resolvedAt: string | null;
  /** What was told to the webhook; none where none is set. */
  deliveries: {
    deliveryId: string;
    kind: 'raised' | 'resolved';
    state: 'pending' | 'delivered' | 'given_up';
    attempts: { at: string; durationMs: number; status: number | null; error: string | null }[];
  }[];
};

export type ObjectiveRequest = { name: string; seconds: number; reason: string; actor: string };

/** Objectives of projections, and the alerts where they are not met. */
export type Alerts = {
  /** Newest first. */
  list(query: { projection?: string; open?: boolean; limit: number }): Promise<Alert[]>;
  /** Sets how many seconds a projection may be behind; rejects with `unknown-projection`. */
  setObjective(
    request: ObjectiveRequest,
  ): Promise<{ name: string; objectiveSeconds: number; globalPosition: Position; streamVersion: number }>;
};
