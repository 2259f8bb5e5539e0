DROP VIEW "public"."live_stories";--> statement-breakpoint
-- Most stories have a body: begun with true, only the others need to be written, and a million stories are not.
ALTER TABLE "stories" ADD COLUMN "live_has_body" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "stories" ALTER COLUMN "live_has_body" SET DEFAULT false;--> statement-breakpoint
UPDATE "stories" SET "live_has_body" = false WHERE NOT EXISTS (SELECT FROM "revisions" WHERE "revisions"."id" = "stories"."live_revision_id" AND "revisions"."has_body");--> statement-breakpoint
CREATE INDEX "drafts_unpublished" ON "drafts" USING btree ("saved_at" DESC NULLS FIRST,"story_id" DESC NULLS FIRST) WHERE "drafts"."kept_as_revision_id" is null;--> statement-breakpoint
CREATE INDEX "stories_latest_with_body" ON "stories" USING btree ("live_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE "stories"."live_at" is not null and "stories"."withdrawn_at" is null and "stories"."live_has_body";--> statement-breakpoint
CREATE INDEX "stories_never_live" ON "stories" USING btree ("id") WHERE "stories"."live_at" is null;--> statement-breakpoint
CREATE INDEX "stories_withdrawn" ON "stories" USING btree ("id") WHERE "stories"."withdrawn_at" is not null;--> statement-breakpoint
CREATE VIEW "public"."live_stories" AS (
  select stories.id, stories.section_id, sections.slug as section_slug, sections.name as section_name, stories.slug,
    revisions.headline, revisions.kicker, revisions.standfirst, revisions.dateline, stories.live_has_body as has_body, revisions.body,
    stories.live_at, revisions.updated_for_readers_at as updated_at, stories.live_words as words
  from stories
  left join revisions on revisions.id = stories.live_revision_id
  left join sections on sections.id = stories.section_id
  where stories.live_at is not null and stories.live_at <= now() and stories.withdrawn_at is null);