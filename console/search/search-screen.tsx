'use client';

import { Screen } from '#console/frame/screen.tsx';

export function SearchScreen() {
  return <Screen title="Search">{null}</Screen>;
}
