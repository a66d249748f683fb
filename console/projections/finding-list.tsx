import Link from 'next/link';
import { formatNumberOf } from '#console/format.ts';
import { routes } from '#console/routes.ts';
import { StatusShape } from '#console/ui/status-shape.tsx';
import type { Finding } from '#server/projections/inspection.ts';

const KIND: Record<Finding['kind'], string> = {
  checkpoint_moved: 'Checkpoint moved',
  events_missing: 'Events missing',
  events_repeated: 'Events repeated',
  rows_missing: 'Rows missing',
  rows_unknown: 'Rows unknown',
  code_changed: 'Code changed',
};

/** What does not add up, each by name, with examples that lead on. */
export function FindingList({ findings }: { findings: readonly Finding[] }) {
  if (findings.length === 0) return null;
  return (
    <ul aria-label="Findings" className="overflow-hidden rounded-card border border-line bg-surface">
      {findings.map((finding) => {
        const mild = finding.kind === 'code_changed';
        return (
          <li key={finding.kind} className="flex items-start gap-3 border-line border-b px-4 py-2.5 last:border-b-0">
            <StatusShape kind={mild ? 'held' : 'failed'} size={14} className="mt-1" />
            <div className="min-w-0">
              <h3 className="text-lead">
                {KIND[finding.kind]}, {formatNumberOf(finding.count, 'time')}
              </h3>
              <p className="break-words text-ink-2">{finding.message}</p>
              <Examples finding={finding} />
            </div>
          </li>
        );
      })}
    </ul>
  );
}

function Examples({ finding: { kind, examples } }: { finding: Finding }) {
  if (examples.length === 0 || kind === 'code_changed') return null;
  const events = kind === 'events_missing' || kind === 'events_repeated';
  return (
    <p className="flex flex-wrap gap-x-3 text-small">
      {examples.map((example) => (
        <Link
          key={example}
          className="mono text-tide hover:underline"
          href={events ? routes.event(example) : routes.stream(example)}
        >
          {example}
        </Link>
      ))}
    </p>
  );
}
