/** A JSON value as Postgres and every interface carry it. */
export type Json = string | number | boolean | null | Json[] | JsonObject;

/** A JSON object; event data, metadata and states are of this shape. */
export type JsonObject = { [key: string]: Json };
