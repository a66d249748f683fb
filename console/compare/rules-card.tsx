'use client';

import { Plus, X } from 'lucide-react';
import { formatCount } from '#console/format.ts';
import { readFailure } from '#console/trpc-client.tsx';
import { Button } from '#console/ui/button.tsx';
import type { Experiment, Rule } from '#server/compare/experiment.ts';
import type { DataReport } from '#server/compare/report.ts';
import { Card } from './card.tsx';
import { RuleForm } from './rule-form.tsx';
import { type RuleDraft, ruleSentence } from './rule-words.ts';
import type { ExperimentActs } from './use-experiment.ts';

type Props = {
  experiment: Experiment;
  data: DataReport | null;
  acts: ExperimentActs;
  /** The rule that is being written; null where the form is closed. */
  draft: RuleDraft | null;
  onDraft: (draft: RuleDraft | null) => void;
  emptyDraft: RuleDraft;
};

/** Differences that are expected, as data, each with how much it explains. A change of rules asks for a new comparison. */
export function RulesCard({ experiment, data, acts, draft, onDraft, emptyDraft }: Props) {
  const { rules, status, id } = experiment;
  const open = status === 'drafted' || status === 'concluded';
  const save = (next: Rule[]) =>
    acts.setRules.mutate(
      { id, rules: next },
      {
        onSuccess: () => {
          onDraft(null);
          if (status === 'concluded') acts.start.mutate({ id });
        },
      },
    );
  const failure = acts.setRules.error ? readFailure(acts.setRules.error).message : null;
  const effectOf = (rule: Rule) => data?.rules.find((effect) => JSON.stringify(effect.rule) === JSON.stringify(rule));
  return (
    <Card
      title="Expected differences"
      note={rules.length === 0 ? undefined : `${formatCount(explained(data))} rows explained`}
      aside={
        open && draft === null ? (
          <Button onClick={() => onDraft(emptyDraft)}>
            <Plus strokeWidth={1.75} aria-hidden />
            Add a rule
          </Button>
        ) : null
      }
    >
      {rules.length === 0 && draft === null ? (
        <p className="border-line border-t px-4 py-3 text-ink-2">
          None: every difference counts. A renamed or new column, a tolerance or a known correction can be expected by
          rule.
        </p>
      ) : null}
      <ul>
        {rules.map((rule, index) => {
          const effect = effectOf(rule);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a rule is what it says, its place is how the report names it
            <li key={index} className="flex items-start gap-3 border-line border-t px-4 py-2">
              <span className="min-w-0 grow">
                <span className="font-medium">{ruleSentence(rule)}</span>
                {rule.reason === undefined ? null : <span className="block text-ink-2 text-small">{rule.reason}</span>}
              </span>
              <span className="shrink-0 text-ink-2 text-small">
                {effect === undefined
                  ? 'not applied yet'
                  : `explains ${formatCount(effect.rows)} of ${formatCount(differing(data))} rows that differ`}
              </span>
              {open ? (
                <Button
                  variant="ghost"
                  icon
                  aria-label={`Remove the rule: ${ruleSentence(rule)}`}
                  disabled={acts.setRules.isPending}
                  onClick={() => save(rules.filter((_, at) => at !== index))}
                >
                  <X strokeWidth={1.75} aria-hidden />
                </Button>
              ) : null}
            </li>
          );
        })}
      </ul>
      {draft === null ? null : (
        <RuleForm
          draft={draft}
          onChange={onDraft}
          onClose={() => onDraft(null)}
          onSave={(rule) => save([...rules, rule])}
          busy={acts.setRules.isPending}
          failure={failure}
          again={status === 'concluded'}
        />
      )}
    </Card>
  );
}

function explained(data: DataReport | null): number {
  return data === null ? 0 : data.rules.reduce((sum, { rows }) => sum + rows, 0);
}

function differing(data: DataReport | null): number {
  return data === null ? 0 : data.onlyA + data.onlyB + data.changed;
}
