'use client';

export function DesignScreen() {
  return <main className="p-6">Design</main>;
}
