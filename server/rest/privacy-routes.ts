import type { Route } from './route.ts';

/** What is private, and removing it for good. */
export const PRIVACY_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/privacy/fields',
    procedure: 'privacy.fields',
    summary: 'Fields that are masked, and those that are sealed for a person',
    response: 'PrivateFields',
  },
  {
    method: 'POST',
    path: '/privacy/fields',
    procedure: 'privacy.setMaskedFields',
    summary: 'Set which fields are masked beside those that schemas mark',
    response: 'PrivateFields',
  },
  {
    method: 'GET',
    path: '/events/{globalPosition}/privacy',
    procedure: 'privacy.about',
    summary: 'What of an event is masked, sealed, forgotten or redacted',
    response: 'EventPrivacy',
  },
  {
    method: 'POST',
    path: '/events/{globalPosition}/reveal',
    procedure: 'privacy.reveal',
    summary: 'One event with its private fields as they are, on record with a reason',
    response: 'Event',
  },
  {
    method: 'POST',
    path: '/streams/{streamId}/reveal',
    procedure: 'privacy.revealState',
    summary: 'The state of a stream in the same way',
    response: 'State',
  },
  {
    method: 'POST',
    path: '/events/{globalPosition}/redact',
    procedure: 'privacy.redact',
    summary: 'Remove the data of one event wherever it was copied to; its place stays',
    response: 'Redacted',
  },
  {
    method: 'POST',
    path: '/privacy/forget',
    procedure: 'privacy.forget',
    summary: 'Destroy the key of a person: what was sealed by it is never read again',
    response: 'Forgotten',
  },
];
