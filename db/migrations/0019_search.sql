-- Search vectors that domain/search makes. The tables are new and empty, so their indexes need no lock on a table that anybody reads; a server fills
-- them in the background, and meanwhile the former vectors answer too.
CREATE TABLE "draft_search" (
	"story_id" bigint PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"vector" "tsvector" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_backfill" (
	"id" integer PRIMARY KEY NOT NULL,
	"through_id" bigint NOT NULL,
	CONSTRAINT "search_backfill_is_one_row" CHECK ("search_backfill"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "search_pending" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "search_pending_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"story_id" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "story_search" (
	"story_id" bigint NOT NULL,
	"revision_id" bigint NOT NULL,
	"live_at" timestamp with time zone NOT NULL,
	"vector" "tsvector" NOT NULL,
	CONSTRAINT "story_search_story_id_revision_id_pk" PRIMARY KEY("story_id","revision_id")
);
--> statement-breakpoint
ALTER TABLE "draft_search" ADD CONSTRAINT "draft_search_story_id_stories_id_fk" FOREIGN KEY ("story_id") REFERENCES "public"."stories"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "story_search" ADD CONSTRAINT "story_search_story_id_stories_id_fk" FOREIGN KEY ("story_id") REFERENCES "public"."stories"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "draft_search_vector" ON "draft_search" USING gin ("vector") WITH (gin_pending_list_limit=512);--> statement-breakpoint
CREATE INDEX "story_search_newest" ON "story_search" USING btree ("live_at" DESC NULLS FIRST,"story_id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "story_search_vector" ON "story_search" USING gin ("vector") WITH (gin_pending_list_limit=512);--> statement-breakpoint
CREATE OR REPLACE VIEW "public"."live_stories" AS (
  select stories.id,
    case when stories.due_at <= now() then stories.due_section_id else stories.section_id end as section_id,
    sections.slug as section_slug, sections.name as section_name,
    case when stories.due_at <= now() then stories.due_slug else stories.slug end as slug,
    revisions.headline, revisions.kicker, revisions.standfirst, revisions.dateline,
    case when stories.due_at <= now() then stories.due_has_body else stories.live_has_body end as has_body,
    revisions.body, stories.live_at,
    case when stories.updated_for_readers_at > stories.live_at then stories.updated_for_readers_at end as updated_at,
    case when stories.due_at <= now() then stories.due_words else stories.live_words end as words,
    stories.due_at, stories.section_id as kept_section_id,
    stories.live_has_body as kept_has_body, stories.live_words as kept_words, stories.retracted_at is not null as retracted,
    case when stories.due_at <= now() then coalesce(stories.due_author_ids, stories.live_author_ids) else stories.live_author_ids end as author_ids,
    case when stories.due_at <= now() then coalesce(stories.due_topic_ids, stories.live_topic_ids) else stories.live_topic_ids end as topic_ids,
    stories.unpublish_at, case when stories.due_at <= now() then stories.due_revision_id else stories.live_revision_id end as revision_id
  from stories
  left join revisions on revisions.id = case when stories.due_at <= now() then stories.due_revision_id else stories.live_revision_id end
  left join sections on sections.id = case when stories.due_at <= now() then stories.due_section_id else stories.section_id end
  where stories.live_at is not null and stories.live_at <= now() and stories.withdrawn_at is null
    and (stories.unpublish_at is null or stories.unpublish_at > now()));--> statement-breakpoint
-- The build before this one changes stories and knows nothing of these tables: triggers note what is to be indexed again.
CREATE FUNCTION "note_for_search"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'drafts' THEN
    INSERT INTO search_pending (story_id) VALUES (NEW.story_id);
  ELSIF TG_TABLE_NAME = 'stories' THEN
    INSERT INTO search_pending (story_id) VALUES (NEW.id);
  ELSIF TG_TABLE_NAME = 'authors' THEN
    INSERT INTO search_pending (story_id) SELECT story_id FROM story_authors WHERE author_id = NEW.id;
  ELSE
    INSERT INTO search_pending (story_id) SELECT story_id FROM story_topics WHERE topic_id = NEW.id;
  END IF;
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER "authors_search" AFTER UPDATE ON "authors" FOR EACH ROW
  WHEN ((NEW.name, NEW.merged_into_id) IS DISTINCT FROM (OLD.name, OLD.merged_into_id)) EXECUTE FUNCTION "note_for_search"();--> statement-breakpoint
CREATE TRIGGER "topics_search" AFTER UPDATE ON "topics" FOR EACH ROW
  WHEN ((NEW.name, NEW.merged_into_id) IS DISTINCT FROM (OLD.name, OLD.merged_into_id)) EXECUTE FUNCTION "note_for_search"();--> statement-breakpoint
CREATE TRIGGER "drafts_search_inserted" AFTER INSERT ON "drafts" FOR EACH ROW EXECUTE FUNCTION "note_for_search"();--> statement-breakpoint
CREATE TRIGGER "drafts_search" AFTER UPDATE ON "drafts" FOR EACH ROW
  WHEN (NEW.version <> OLD.version) EXECUTE FUNCTION "note_for_search"();--> statement-breakpoint
CREATE TRIGGER "stories_search_inserted" AFTER INSERT ON "stories" FOR EACH ROW
  WHEN (NEW.live_revision_id IS NOT NULL) EXECUTE FUNCTION "note_for_search"();--> statement-breakpoint
CREATE TRIGGER "stories_search" AFTER UPDATE ON "stories" FOR EACH ROW
  WHEN ((NEW.live_revision_id, NEW.due_revision_id, NEW.live_at, NEW.withdrawn_at, NEW.live_author_ids, NEW.live_topic_ids, NEW.due_author_ids, NEW.due_topic_ids)
    IS DISTINCT FROM (OLD.live_revision_id, OLD.due_revision_id, OLD.live_at, OLD.withdrawn_at, OLD.live_author_ids, OLD.live_topic_ids, OLD.due_author_ids, OLD.due_topic_ids))
  EXECUTE FUNCTION "note_for_search"();--> statement-breakpoint
INSERT INTO "search_backfill" ("id", "through_id") SELECT 1, coalesce(max("id"), 0) FROM "stories";
