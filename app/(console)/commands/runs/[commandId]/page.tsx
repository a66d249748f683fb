import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RunScreen } from '#console/commands/run-screen.tsx';
import { readSegment } from '#console/routes.ts';

type Props = { params: Promise<{ commandId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: readSegment((await params).commandId) };
}

export default async function Page({ params }: Props) {
  const commandId = readSegment((await params).commandId);
  if (commandId === null) notFound();
  return <RunScreen commandId={commandId} />;
}
