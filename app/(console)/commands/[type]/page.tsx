import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { CommandScreen } from '#console/commands/command-screen.tsx';
import { readSegment } from '#console/routes.ts';

type Props = { params: Promise<{ type: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: readSegment((await params).type) };
}

export default async function Page({ params }: Props) {
  const commandType = readSegment((await params).type);
  if (commandType === null) notFound();
  return <CommandScreen commandType={commandType} />;
}
