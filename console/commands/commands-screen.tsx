'use client';

import { Screen } from '#console/frame/screen.tsx';

export function CommandsScreen() {
  return <Screen title="Commands">{null}</Screen>;
}
