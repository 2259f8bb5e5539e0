DROP VIEW "public"."live_stories";--> statement-breakpoint
DROP VIEW "public"."upcoming_moments";--> statement-breakpoint
DROP VIEW "public"."withdrawn_stories";--> statement-breakpoint
ALTER TABLE "stories" ADD COLUMN "due_revision_id" bigint;--> statement-breakpoint
ALTER TABLE "stories" ADD COLUMN "due_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "stories" ADD COLUMN "due_section_id" bigint;--> statement-breakpoint
ALTER TABLE "stories" ADD COLUMN "due_slug" text;--> statement-breakpoint
ALTER TABLE "stories" ADD COLUMN "due_words" "tsvector";--> statement-breakpoint
ALTER TABLE "stories" ADD COLUMN "due_has_body" boolean;--> statement-breakpoint
ALTER TABLE "stories" ADD COLUMN "unpublish_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "stories" ADD COLUMN "unpublish_reason" text;--> statement-breakpoint
ALTER TABLE "stories" ADD COLUMN "embargo_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "stories" ADD COLUMN "embargo_note" text;--> statement-breakpoint
-- All of these columns are empty, so a million stories need not be read to see that the rules hold.
ALTER TABLE "stories" ADD CONSTRAINT "stories_due_section_id_sections_id_fk" FOREIGN KEY ("due_section_id") REFERENCES "public"."sections"("id") ON DELETE no action ON UPDATE no action NOT VALID;--> statement-breakpoint
ALTER TABLE "stories" ADD CONSTRAINT "stories_due_revision" FOREIGN KEY ("due_revision_id","id") REFERENCES "public"."revisions"("id","story_id") ON DELETE no action ON UPDATE no action NOT VALID;--> statement-breakpoint
CREATE INDEX "stories_due" ON "stories" USING btree ("due_at") WHERE "stories"."due_at" is not null;--> statement-breakpoint
CREATE INDEX "stories_unpublish" ON "stories" USING btree ("unpublish_at") WHERE "stories"."unpublish_at" is not null;--> statement-breakpoint
CREATE INDEX "stories_embargo" ON "stories" USING btree ("embargo_until") WHERE "stories"."embargo_until" is not null;--> statement-breakpoint
ALTER TABLE "stories" ADD CONSTRAINT "stories_due_is_whole" CHECK (num_nonnulls("stories"."due_revision_id", "stories"."due_at", "stories"."due_section_id", "stories"."due_slug", "stories"."due_words", "stories"."due_has_body") in (0, 6)) NOT VALID;--> statement-breakpoint
ALTER TABLE "stories" ADD CONSTRAINT "stories_due_after_live" CHECK ("stories"."due_at" is null or ("stories"."live_at" is not null and "stories"."due_at" > "stories"."live_at" and "stories"."withdrawn_at" is null)) NOT VALID;--> statement-breakpoint
ALTER TABLE "stories" ADD CONSTRAINT "stories_unpublish_after_live" CHECK ("stories"."unpublish_at" is null or ("stories"."live_at" is not null and "stories"."unpublish_at" > "stories"."live_at" and "stories"."withdrawn_at" is null)) NOT VALID;--> statement-breakpoint
ALTER TABLE "stories" ADD CONSTRAINT "stories_unpublish_with_reason" CHECK (("stories"."unpublish_at" is null) = ("stories"."unpublish_reason" is null) and ("stories"."unpublish_reason" is null or btrim("stories"."unpublish_reason") <> '')) NOT VALID;--> statement-breakpoint
ALTER TABLE "stories" ADD CONSTRAINT "stories_due_before_unpublish" CHECK ("stories"."due_at" is null or "stories"."unpublish_at" is null or "stories"."due_at" < "stories"."unpublish_at") NOT VALID;--> statement-breakpoint
ALTER TABLE "stories" ADD CONSTRAINT "stories_embargo_with_note" CHECK (("stories"."embargo_until" is null) = ("stories"."embargo_note" is null) and ("stories"."embargo_note" is null or btrim("stories"."embargo_note") <> '')) NOT VALID;--> statement-breakpoint
ALTER TABLE "stories" ADD CONSTRAINT "stories_due_after_embargo" CHECK ("stories"."due_at" is null or "stories"."embargo_until" is null or "stories"."due_at" >= "stories"."embargo_until") NOT VALID;--> statement-breakpoint
ALTER TABLE "stories" ADD CONSTRAINT "stories_due_slug_is_a_slug" CHECK ("stories"."due_slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length("stories"."due_slug") <= 80) NOT VALID;--> statement-breakpoint
CREATE VIEW "public"."live_stories" AS (
  select stories.id,
    case when stories.due_at <= now() then stories.due_section_id else stories.section_id end as section_id,
    sections.slug as section_slug, sections.name as section_name,
    case when stories.due_at <= now() then stories.due_slug else stories.slug end as slug,
    revisions.headline, revisions.kicker, revisions.standfirst, revisions.dateline,
    case when stories.due_at <= now() then stories.due_has_body else stories.live_has_body end as has_body,
    revisions.body, stories.live_at, revisions.updated_for_readers_at as updated_at,
    case when stories.due_at <= now() then stories.due_words else stories.live_words end as words,
    stories.due_at, stories.section_id as kept_section_id,
    stories.live_has_body as kept_has_body, stories.live_words as kept_words
  from stories
  left join revisions on revisions.id = case when stories.due_at <= now() then stories.due_revision_id else stories.live_revision_id end
  left join sections on sections.id = case when stories.due_at <= now() then stories.due_section_id else stories.section_id end
  where stories.live_at is not null and stories.live_at <= now() and stories.withdrawn_at is null
    and (stories.unpublish_at is null or stories.unpublish_at > now()));--> statement-breakpoint
CREATE VIEW "public"."upcoming_moments" AS (select stories.id as story_id, stories.section_id, stories.live_at, stories.live_at as at from stories where stories.live_at > now() and stories.withdrawn_at is null
  union all select stories.id, stories.due_section_id, stories.due_at, stories.due_at from stories where stories.due_at > now()
  union all select stories.id, stories.section_id, stories.unpublish_at, stories.unpublish_at from stories where stories.unpublish_at > now());--> statement-breakpoint
CREATE VIEW "public"."withdrawn_stories" AS (select stories.id, coalesce(stories.withdrawn_at, stories.unpublish_at) as withdrawn_at from stories where (stories.withdrawn_at is not null or stories.unpublish_at <= now()) and stories.live_at <= now());--> statement-breakpoint
-- The pointer to what readers see never moves before an embargo ends, whoever asks; and what was to happen by itself goes with what it was about,
-- also when a version that knows nothing of it withdraws or publishes.
CREATE FUNCTION "keep_stories_on_time"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.live_at IS NULL OR NEW.withdrawn_at IS NOT NULL THEN
    NEW.unpublish_at := NULL; NEW.unpublish_reason := NULL;
  END IF;
  IF NEW.live_at IS NULL OR NEW.withdrawn_at IS NOT NULL
    OR (NEW.live_revision_id IS DISTINCT FROM OLD.live_revision_id AND NEW.due_revision_id IS NOT DISTINCT FROM OLD.due_revision_id AND NEW.due_at IS NOT DISTINCT FROM OLD.due_at) THEN
    NEW.due_revision_id := NULL; NEW.due_at := NULL; NEW.due_section_id := NULL; NEW.due_slug := NULL; NEW.due_words := NULL; NEW.due_has_body := NULL;
  END IF;
  IF NEW.embargo_until IS NOT NULL AND NEW.live_revision_id IS NOT NULL AND NEW.withdrawn_at IS NULL AND greatest(NEW.live_at, now()) < NEW.embargo_until
    AND (NEW.live_revision_id IS DISTINCT FROM OLD.live_revision_id OR NEW.live_at IS DISTINCT FROM OLD.live_at OR OLD.withdrawn_at IS NOT NULL) THEN
    RAISE EXCEPTION 'Story % is embargoed until %', NEW.id, NEW.embargo_until USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER "stories_on_time" BEFORE UPDATE ON "stories" FOR EACH ROW EXECUTE FUNCTION "keep_stories_on_time"();
