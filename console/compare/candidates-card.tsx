import Link from 'next/link';
import { routes } from '#console/routes.ts';
import type { Candidates } from '#server/compare/compare.ts';

/** What can be compared now, and how a second version comes about. */
export function CandidatesCard({ candidates: { projections, deciders } }: { candidates: Candidates }) {
  return (
    <div className="flex flex-col gap-3">
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Part title="Projections" note="rows, reads, speed of applying, size">
          {projections.map(({ name, title, versions }) => (
            <li key={name} className="border-line border-t px-4 py-2">
              <Link
                className="font-medium text-tide hover:underline"
                href={routes.projection(name, { tab: 'versions' })}
              >
                {name}
              </Link>{' '}
              <span className="text-ink-2">{title}</span>
              <Versions versions={versions} />
              {versions.length > 1 ? null : (
                <span className="block text-ink-3 text-small">
                  One version alone: newer code, or a candidate of it, is built beside it.
                </span>
              )}
            </li>
          ))}
        </Part>
        <Part title="Deciders" note="the recorded commands, decided by both">
          {deciders.map(({ category, versions }) => (
            <li key={category} className="border-line border-t px-4 py-2">
              <span className="font-medium">{category}</span>
              <Versions versions={versions} />
              {versions.length > 1 ? null : (
                <span className="block text-ink-3 text-small">One version alone: a candidate stands beside it.</span>
              )}
            </li>
          ))}
          {deciders.length > 0 ? null : (
            <li className="border-line border-t px-4 py-2 text-ink-3 text-small">
              No decider has a candidate: every category is decided by the one version that is shipped.
            </li>
          )}
        </Part>
      </div>
      <p className="text-ink-2 text-small">
        Candidates come from a module that <code>TIDEMARK_CANDIDATES</code> names, such as{' '}
        <code>examples/candidates/orders.ts</code>: they run beside what is shipped, and nothing is promoted by itself.
      </p>
    </div>
  );
}

function Part({ title, note, children }: { title: string; note: string; children: React.ReactNode }) {
  return (
    <section aria-label={`${title} that can be compared`} className="rounded-card border border-line bg-surface">
      <div className="flex flex-wrap items-baseline gap-x-3 px-4 py-2.5">
        <h2 className="font-semibold">{title}</h2>
        <span className="text-ink-2 text-small">{note}</span>
      </div>
      <ul>{children}</ul>
    </section>
  );
}

function Versions({ versions }: { versions: { version: string; label: string }[] }) {
  return (
    <span className="block text-ink-2 text-small">
      {versions.map(({ version, label }) => (
        <span key={version} className="block">
          {label}
        </span>
      ))}
    </span>
  );
}
