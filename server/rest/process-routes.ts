import type { Route } from './route.ts';

/** Process managers, and the processes they carry. */
export const PROCESS_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/process-managers',
    procedure: 'processes.managers',
    summary: 'Where the process managers stand',
    response: 'ProcessManagers',
  },
  {
    method: 'GET',
    path: '/processes',
    procedure: 'processes.list',
    summary: 'Processes, the newest first: their last step, their timers, what they fail at',
    response: 'Processes',
  },
];
