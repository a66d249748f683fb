import type { z } from 'zod';

/** One value of a command's data that is wrong: its place, as `data.lines[0].quantity`, and what would be right. */
export type DataFault = { field: string; message: string };

/** Whole forms are told of at once, but not a thousand lines of an import gone wrong. */
const FAULTS_MAX = 20;

/** What the schema found, in the order of the fields, each in words that say what would be right. */
export function dataFaults({ issues }: z.ZodError): DataFault[] {
  return issues
    .flatMap((issue) => {
      if (issue.code !== 'unrecognized_keys') return [{ field: fieldOf(issue.path), message: wordsOf(issue) }];
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

/** Words of a schema's own stand; those that zod makes up are for programmers. */
function wordsOf(issue: z.core.$ZodIssue): string {
  if (!/^(Invalid|Too small|Too big)/.test(issue.message)) return issue.message;
  switch (issue.code) {
    case 'invalid_type':
      return issue.message.endsWith('received undefined') ? 'is missing' : (TYPES[issue.expected] ?? issue.message);
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      if (issue.origin === 'string' && Number(issue.minimum) === 1) return 'must not be empty';
      return `must ${boundOf(issue.origin, 'at least', issue.minimum)}`;
    case 'too_big':
      return `must ${boundOf(issue.origin, 'at most', issue.maximum)}`;
    default:
      return issue.message;
  }
}

const TYPES: Partial<Record<string, string>> = {
  int: 'must be a whole number',
  number: 'must be a number',
  string: 'must be a text',
  array: 'must be a list',
  object: 'must be an object',
};

function boundOf(origin: string, side: string, bound: number | bigint): string {
  if (origin === 'string') return `have ${side} ${bound} characters`;
  return origin === 'array' ? `have ${side} ${bound} entries` : `be ${side} ${bound}`;
}
