DROP VIEW "public"."live_stories";--> statement-breakpoint
ALTER TABLE "stories" ADD COLUMN "live_words" "tsvector";--> statement-breakpoint
CREATE INDEX "stories_live_words" ON "stories" USING gin ("live_words");--> statement-breakpoint
CREATE VIEW "public"."live_stories" AS (
  select stories.id, stories.section_id, sections.slug as section_slug, sections.name as section_name, stories.slug,
    revisions.headline, revisions.kicker, revisions.standfirst, revisions.dateline, revisions.has_body, revisions.body,
    stories.live_at, revisions.updated_for_readers_at as updated_at, stories.live_words as words
  from stories
  join revisions on revisions.id = stories.live_revision_id
  join sections on sections.id = stories.section_id
  where stories.live_at is not null and stories.live_at <= now() and stories.withdrawn_at is null);