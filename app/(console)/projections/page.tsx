import type { Metadata } from 'next';
import { ProjectionsScreen } from '#console/projections/projections-screen.tsx';

export const metadata: Metadata = { title: 'Projections' };

export default function Page() {
  return <ProjectionsScreen />;
}
