import type { z } from 'zod';
import { issueWords } from '#server/kernel/issue-words.ts';

/** One value of a command's data that is wrong: its place, as `data.lines[0].quantity`, and what would be right. */
export type DataFault = { field: string; message: string };

/** Whole forms are told of at once, but not a thousand lines of an import gone wrong. */
const FAULTS_MAX = 20;

/** What the schema found, in the order of the fields, each in words that say what would be right. */
export function dataFaults({ issues }: z.ZodError): DataFault[] {
  return issues
    .flatMap((issue) => {
      if (issue.code !== 'unrecognized_keys') return [{ field: fieldOf(issue.path), message: issueWords(issue) }];
      return issue.keys.map((key) => ({
        field: fieldOf([...issue.path, key]),
        message: 'is not known to this command',
      }));
    })
    .slice(0, FAULTS_MAX);
}

function fieldOf(path: readonly PropertyKey[]): string {
  return `data${path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('')}`;
}
