'use client';

export function CommandsScreen() {
  return <main className="p-6">Commands</main>;
}
