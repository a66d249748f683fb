-- An authenticator app that is to replace another: the old one counts until a code of the new one was seen.
alter table totp_secrets add column next_secret text;
