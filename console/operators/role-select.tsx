import { Select } from '#console/ui/select.tsx';
import type { Role } from '#server/kernel/caller.ts';

const ROLES: readonly { value: Role; label: string; note: string }[] = [
  { value: 'viewer', label: 'viewer', note: 'reads' },
  { value: 'operator', label: 'operator', note: 'acts, too' },
  { value: 'admin', label: 'admin', note: 'says who may' },
];

/** One of the three roles. */
export function RoleSelect({ value, onChange }: { value: Role; onChange: (role: Role) => void }) {
  return <Select items={ROLES} value={value} onChange={onChange} />;
}
