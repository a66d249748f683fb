'use client';

export function SearchScreen() {
  return <main className="p-6">Search</main>;
}
