/** What a schema found wrong with one value, as zod tells it; the kernel knows no zod. */
type Issue = {
  readonly code?: string | undefined;
  readonly message: string;
  readonly expected?: string;
  readonly format?: string;
  readonly values?: readonly unknown[];
  readonly minimum?: number | bigint;
  readonly maximum?: number | bigint;
  readonly origin?: string;
  readonly errors?: readonly (readonly Issue[])[];
};

/** Says what would be right. Words of a schema's own stand; those that zod makes up are for programmers. */
export function issueWords(issue: Issue): string {
  const { message, origin = '' } = issue;
  if (!/^(Invalid|Too small|Too big)/.test(message)) return message;
  switch (issue.code) {
    case 'invalid_type':
      return message.endsWith('received undefined') ? 'is missing' : (TYPES[issue.expected ?? ''] ?? message);
    case 'invalid_value':
      return `must be one of ${(issue.values ?? []).map(String).join(', ')}`;
    case 'too_small':
      if (origin === 'string' && Number(issue.minimum) === 1) return 'must not be empty';
      return `must ${boundOf(origin, 'at least', issue.minimum)}`;
    case 'too_big':
      return `must ${boundOf(origin, 'at most', issue.maximum)}`;
    case 'invalid_format':
      return FORMATS[issue.format ?? ''] ?? message.replace(/^Invalid string: /, '');
    case 'invalid_union':
      return unionWords(issue.errors ?? []) || message;
    default:
      return message;
  }
}

const TYPES: Partial<Record<string, string>> = {
  int: 'must be a whole number',
  number: 'must be a number',
  string: 'must be a text',
  boolean: 'must be true or false',
  array: 'must be a list',
  object: 'must be an object',
  record: 'must be an object',
};

const FORMATS: Partial<Record<string, string>> = {
  uuid: 'must be a UUID',
  email: 'must be an e-mail address',
  url: 'must be an address, such as https://orders.internal',
};

function boundOf(origin: string, side: string, bound: number | bigint | undefined): string {
  if (origin === 'string') return `have ${side} ${bound} characters`;
  return origin === 'array' ? `have ${side} ${bound} entries` : `be ${side} ${bound}`;
}

/** What each way to write the value lacks; what lies deeper in one of them is not of the value itself. */
function unionWords(errors: readonly (readonly Issue[])[]): string {
  const words = new Set(errors.flatMap((issues) => issues.slice(0, 1)).map(issueWords));
  return words.has('is missing') ? 'is missing' : [...words].join(', or ');
}
