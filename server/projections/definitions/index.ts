import type { Projection } from '#server/projections/define-projection.ts';
import { densityProjection } from './density.ts';
import { ordersProjection } from './orders.ts';
import { searchProjection } from './search.ts';

/** Every projection that the worker runs. */
export const projections: readonly Projection[] = [ordersProjection, searchProjection, densityProjection];
