'use client';

import { Screen } from '#console/frame/screen.tsx';

export function ProjectionScreen({ name }: { name: string }) {
  return <Screen title={name}>{null}</Screen>;
}
