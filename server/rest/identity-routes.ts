import type { Route } from './route.ts';

/** One's own account, and who else may come in. */
export const IDENTITY_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/account',
    procedure: 'account.me',
    summary: 'Who asks, and what they may',
    response: 'Account',
  },
  {
    method: 'GET',
    path: '/account/sessions',
    procedure: 'account.sessions',
    summary: 'One’s own open sessions',
    response: 'Sessions',
  },
  {
    method: 'POST',
    path: '/account/sessions/end',
    procedure: 'account.endSession',
    summary: 'End one of one’s own sessions',
    response: 'Ended',
  },
  {
    method: 'POST',
    path: '/account/sessions/end-others',
    procedure: 'account.endOtherSessions',
    summary: 'End all of one’s own sessions but the one that asks',
    response: 'Ended',
  },
  { method: 'GET', path: '/operators', procedure: 'operators.list', summary: 'Every operator', response: 'Operators' },
  {
    method: 'POST',
    path: '/operators/invite',
    procedure: 'operators.invite',
    summary: 'A link by which one person makes an account, once',
    response: 'Invitation',
  },
  {
    method: 'POST',
    path: '/operators/{operatorId}/role',
    procedure: 'operators.setRole',
    summary: 'Change what an operator may do',
    response: 'OperatorChanged',
  },
  {
    method: 'POST',
    path: '/operators/{operatorId}/disable',
    procedure: 'operators.disable',
    summary: 'Let an operator in no longer; sessions and live streams end within 5 s',
    response: 'OperatorChanged',
  },
  {
    method: 'POST',
    path: '/operators/{operatorId}/enable',
    procedure: 'operators.enable',
    summary: 'Let a disabled operator sign in again',
    response: 'OperatorChanged',
  },
  {
    method: 'GET',
    path: '/keys',
    procedure: 'keys.list',
    summary: 'The API keys, without the keys',
    response: 'ApiKeys',
  },
  {
    method: 'POST',
    path: '/keys',
    procedure: 'keys.create',
    summary: 'Make an API key; it is shown in this answer alone',
    response: 'NewApiKey',
    statusOf: () => 201,
  },
  {
    method: 'POST',
    path: '/keys/{keyId}/revoke',
    procedure: 'keys.revoke',
    summary: 'End an API key for good',
    response: 'ApiKey',
  },
];
