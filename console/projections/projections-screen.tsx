'use client';

import { Screen } from '#console/frame/screen.tsx';

export function ProjectionsScreen() {
  return <Screen title="Projections">{null}</Screen>;
}
