'use client';

export function CommandScreen({ commandType }: { commandType: string }) {
  return <main className="p-6">{commandType}</main>;
}
