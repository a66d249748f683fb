import type { Pulse } from '#server/pulse/pulse.ts';

type Metric = { name: string; help: string; samples: { labels?: string; value: number | string | null }[] };

/** The pulse in the text format of OpenMetrics 1.0. */
export function openMetrics(pulse: Pulse): string {
  const { projections, highWaterMark, head, heldBy } = pulse.projections;
  const each = (value: (one: (typeof projections)[number]) => number | string) =>
    projections.map((one) => ({ labels: `{projection="${one.name}"}`, value: value(one) }));
  const metrics: Metric[] = [
    {
      name: 'tidemark_database_up',
      help: 'Whether the database answers',
      samples: [{ value: pulse.database.ok ? 1 : 0 }],
    },
    { name: 'tidemark_head_position', help: 'Last position handed out', samples: [{ value: head }] },
    {
      name: 'tidemark_high_water_mark_position',
      help: 'Nothing can still appear below',
      samples: [{ value: highWaterMark }],
    },
    {
      name: 'tidemark_high_water_mark_held_seconds',
      help: 'Age of the append that holds it',
      samples: [{ value: heldBy?.openSeconds ?? 0 }],
    },
    {
      name: 'tidemark_append_events_per_second',
      help: 'Smoothed over 15 s',
      samples: [{ value: pulse.store.appendRate }],
    },
    { name: 'tidemark_commands_per_second', help: 'Of the last 15 s', samples: [{ value: pulse.commands.rate }] },
    {
      name: 'tidemark_commands_refused_per_second',
      help: 'Of the last 15 s',
      samples: [{ value: pulse.commands.refusedRate }],
    },
    {
      name: 'tidemark_projection_lag_events',
      help: 'Matching events not handled',
      samples: each((one) => one.lagEvents),
    },
    {
      name: 'tidemark_projection_lag_seconds',
      help: 'Age of the first event not handled',
      samples: each((one) => one.lagSeconds),
    },
    {
      name: 'tidemark_projection_checkpoint_position',
      help: 'Handled up to here',
      samples: each((one) => one.checkpoint),
    },
    { name: 'tidemark_worker_restarts', help: 'Since this process began', samples: [{ value: pulse.worker.restarts }] },
  ];
  const lines = metrics.flatMap(({ name, help, samples }) => [
    `# TYPE ${name} gauge`,
    `# HELP ${name} ${help}`,
    ...samples.map(({ labels = '', value }) => `${name}${labels} ${value ?? 'NaN'}`),
  ]);
  return `${lines.join('\n')}\n# EOF\n`;
}
