import type { Metadata } from 'next';
import { OperatorsScreen } from '#console/operators/operators-screen.tsx';

export const metadata: Metadata = { title: 'Operators' };

export default function Page() {
  return <OperatorsScreen />;
}
