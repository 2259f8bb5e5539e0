-- What comes true by itself is told once for each of its moments. A story may go live, change or end several times, but never twice at one moment: a
-- schedule names a moment to come, and what has come true is written into the row with its telling. So a second line is a mistake of ours; whoever
-- tells passes it over (domain/history/recording.ts), for a clock must not stumble over it each second.
-- History is never rewritten, so what stands there already is left as it is, and cannot be in the way of this: only what is told from now on is held.
DO $$
DECLARE last bigint;
BEGIN
  LOCK TABLE "history" IN SHARE MODE;
  SELECT coalesce(max("id"), 0) INTO last FROM "history";
  EXECUTE format(
    $index$CREATE UNIQUE INDEX "history_told_once" ON "history" ("story_id", ("event"->>'type'), coalesce("event"->>'liveAt', "event"->>'dueAt', "event"->>'unpublishAt'))
      WHERE "id" > %s AND "event"->>'type' IN ('story-went-live', 'changes-went-live', 'story-unpublished')$index$, last);
END
$$;
