CREATE TABLE "author_spellings" (
	"key" text PRIMARY KEY NOT NULL,
	"named_id" bigint NOT NULL,
	CONSTRAINT "author_spellings_key_is_given" CHECK (length("author_spellings"."key") between 1 and 500)
);
--> statement-breakpoint
CREATE TABLE "former_author_addresses" (
	"slug" text PRIMARY KEY NOT NULL,
	"named_id" bigint NOT NULL,
	"left_at" timestamp with time zone NOT NULL,
	CONSTRAINT "former_author_addresses_slug_is_a_slug" CHECK ("former_author_addresses"."slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length("former_author_addresses"."slug") <= 80)
);
--> statement-breakpoint
CREATE TABLE "former_topic_addresses" (
	"slug" text PRIMARY KEY NOT NULL,
	"named_id" bigint NOT NULL,
	"left_at" timestamp with time zone NOT NULL,
	CONSTRAINT "former_topic_addresses_slug_is_a_slug" CHECK ("former_topic_addresses"."slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length("former_topic_addresses"."slug") <= 80)
);
--> statement-breakpoint
CREATE TABLE "story_topics" (
	"story_id" bigint NOT NULL,
	"topic_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"live_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "story_topics_story_id_topic_id_pk" PRIMARY KEY("story_id","topic_id")
);
--> statement-breakpoint
CREATE TABLE "topic_spellings" (
	"key" text PRIMARY KEY NOT NULL,
	"named_id" bigint NOT NULL,
	CONSTRAINT "topic_spellings_key_is_given" CHECK (length("topic_spellings"."key") between 1 and 500)
);
--> statement-breakpoint
CREATE TABLE "topics" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "topics_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"slug" text,
	"name" text NOT NULL,
	"merged_into_id" bigint,
	CONSTRAINT "topics_merged_or_at_an_address" CHECK (num_nonnulls("topics"."slug", "topics"."merged_into_id") = 1),
	CONSTRAINT "topics_slug_is_a_slug" CHECK ("topics"."slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length("topics"."slug") <= 80),
	CONSTRAINT "topics_name_is_given" CHECK (length(btrim("topics"."name")) between 1 and 100)
);
--> statement-breakpoint
ALTER TABLE "authors" ALTER COLUMN "slug" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "authors" ADD COLUMN "merged_into_id" bigint;--> statement-breakpoint
ALTER TABLE "story_authors" ADD COLUMN "live_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "drafts" ADD COLUMN "authors" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "drafts" ADD COLUMN "topics" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "revisions" ADD COLUMN "authors" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "revisions" ADD COLUMN "topics" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "stories" ADD COLUMN "live_author_ids" bigint[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "stories" ADD COLUMN "live_topic_ids" bigint[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "stories" ADD COLUMN "due_author_ids" bigint[];--> statement-breakpoint
ALTER TABLE "stories" ADD COLUMN "due_topic_ids" bigint[];--> statement-breakpoint
ALTER TABLE "author_spellings" ADD CONSTRAINT "author_spellings_named_id_authors_id_fk" FOREIGN KEY ("named_id") REFERENCES "public"."authors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "former_author_addresses" ADD CONSTRAINT "former_author_addresses_named_id_authors_id_fk" FOREIGN KEY ("named_id") REFERENCES "public"."authors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "former_topic_addresses" ADD CONSTRAINT "former_topic_addresses_named_id_topics_id_fk" FOREIGN KEY ("named_id") REFERENCES "public"."topics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "story_topics" ADD CONSTRAINT "story_topics_story_id_stories_id_fk" FOREIGN KEY ("story_id") REFERENCES "public"."stories"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "story_topics" ADD CONSTRAINT "story_topics_topic_id_topics_id_fk" FOREIGN KEY ("topic_id") REFERENCES "public"."topics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "topic_spellings" ADD CONSTRAINT "topic_spellings_named_id_topics_id_fk" FOREIGN KEY ("named_id") REFERENCES "public"."topics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "topics" ADD CONSTRAINT "topics_merged_into_id_topics_id_fk" FOREIGN KEY ("merged_into_id") REFERENCES "public"."topics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "author_spellings_of_one" ON "author_spellings" USING btree ("named_id");--> statement-breakpoint
CREATE INDEX "former_author_addresses_of_one" ON "former_author_addresses" USING btree ("named_id");--> statement-breakpoint
CREATE INDEX "former_topic_addresses_of_one" ON "former_topic_addresses" USING btree ("named_id");--> statement-breakpoint
CREATE INDEX "story_topics_list" ON "story_topics" USING btree ("topic_id","live_at" DESC NULLS FIRST,"story_id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "topic_spellings_of_one" ON "topic_spellings" USING btree ("named_id");--> statement-breakpoint
CREATE UNIQUE INDEX "topics_slug" ON "topics" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "topics_by_name" ON "topics" USING btree ("name","id");--> statement-breakpoint
CREATE INDEX "topics_merged" ON "topics" USING btree ("merged_into_id") WHERE "topics"."merged_into_id" is not null;--> statement-breakpoint
ALTER TABLE "authors" ADD CONSTRAINT "authors_merged_into_id_authors_id_fk" FOREIGN KEY ("merged_into_id") REFERENCES "public"."authors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "authors_by_name" ON "authors" USING btree ("name","id");--> statement-breakpoint
CREATE INDEX "authors_merged" ON "authors" USING btree ("merged_into_id") WHERE "authors"."merged_into_id" is not null;--> statement-breakpoint
CREATE INDEX "story_authors_list" ON "story_authors" USING btree ("author_id","live_at" DESC NULLS FIRST,"story_id" DESC NULLS FIRST);--> statement-breakpoint
ALTER TABLE "authors" ADD CONSTRAINT "authors_merged_or_at_an_address" CHECK (num_nonnulls("authors"."slug", "authors"."merged_into_id") = 1);--> statement-breakpoint
ALTER TABLE "authors" ADD CONSTRAINT "authors_slug_is_a_slug" CHECK ("authors"."slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length("authors"."slug") <= 80);--> statement-breakpoint
ALTER TABLE "authors" ADD CONSTRAINT "authors_name_is_given" CHECK (length(btrim("authors"."name")) between 1 and 100);--> statement-breakpoint
-- All of these columns are empty, so a million stories need not be read to see that the rule holds.
ALTER TABLE "stories" ADD CONSTRAINT "stories_due_names_are_due" CHECK (num_nonnulls("stories"."due_author_ids", "stories"."due_topic_ids") = 0 or "stories"."due_at" is not null) NOT VALID;--> statement-breakpoint
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
    case when stories.due_at <= now() then coalesce(stories.due_topic_ids, stories.live_topic_ids) else stories.live_topic_ids end as topic_ids
  from stories
  left join revisions on revisions.id = case when stories.due_at <= now() then stories.due_revision_id else stories.live_revision_id end
  left join sections on sections.id = case when stories.due_at <= now() then stories.due_section_id else stories.section_id end
  where stories.live_at is not null and stories.live_at <= now() and stories.withdrawn_at is null
    and (stories.unpublish_at is null or stories.unpublish_at > now()));--> statement-breakpoint
CREATE OR REPLACE FUNCTION "keep_stories_on_time"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.live_at IS NULL OR NEW.withdrawn_at IS NOT NULL THEN
    NEW.unpublish_at := NULL; NEW.unpublish_reason := NULL;
  END IF;
  IF NEW.live_at IS NULL OR NEW.withdrawn_at IS NOT NULL
    OR (NEW.live_revision_id IS DISTINCT FROM OLD.live_revision_id AND NEW.due_revision_id IS NOT DISTINCT FROM OLD.due_revision_id AND NEW.due_at IS NOT DISTINCT FROM OLD.due_at) THEN
    NEW.due_revision_id := NULL; NEW.due_at := NULL; NEW.due_section_id := NULL; NEW.due_slug := NULL; NEW.due_words := NULL; NEW.due_has_body := NULL;
  END IF;
  -- A version that knows no authors and topics writes down what was due, or takes a story back, without them.
  IF NEW.live_at IS NULL THEN
    NEW.live_author_ids := '{}'; NEW.live_topic_ids := '{}';
  ELSIF NEW.due_revision_id IS NULL AND OLD.due_at <= now() AND NEW.live_revision_id IS NOT DISTINCT FROM OLD.due_revision_id THEN
    NEW.live_author_ids := coalesce(OLD.due_author_ids, OLD.live_author_ids);
    NEW.live_topic_ids := coalesce(OLD.due_topic_ids, OLD.live_topic_ids);
  END IF;
  IF NEW.due_at IS NULL THEN
    NEW.due_author_ids := NULL; NEW.due_topic_ids := NULL;
  END IF;
  IF NEW.embargo_until IS NOT NULL AND NEW.live_revision_id IS NOT NULL AND NEW.withdrawn_at IS NULL AND greatest(NEW.live_at, now()) < NEW.embargo_until
    AND (NEW.live_revision_id IS DISTINCT FROM OLD.live_revision_id OR NEW.live_at IS DISTINCT FROM OLD.live_at OR OLD.withdrawn_at IS NOT NULL) THEN
    RAISE EXCEPTION 'Story % is embargoed until %', NEW.id, NEW.embargo_until USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
-- The lists of authors and topics have an index of their own, written wherever what readers see changes, whoever changes it. The lock is the one under
-- which two authors are merged (domain/name/keeping.ts): a story never comes to stand under one that is gone.
CREATE FUNCTION "keep_story_names"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(7204119);
  DELETE FROM story_authors WHERE story_id = NEW.id;
  DELETE FROM story_topics WHERE story_id = NEW.id;
  IF NEW.live_at IS NOT NULL AND NEW.withdrawn_at IS NULL THEN
    INSERT INTO story_authors (story_id, author_id, position, live_at)
      SELECT NEW.id, coalesce(authors.merged_into_id, authors.id), min(named.place), NEW.live_at
      FROM unnest(NEW.live_author_ids) WITH ORDINALITY AS named(id, place) JOIN authors ON authors.id = named.id GROUP BY 2;
    INSERT INTO story_topics (story_id, topic_id, position, live_at)
      SELECT NEW.id, coalesce(topics.merged_into_id, topics.id), min(named.place), NEW.live_at
      FROM unnest(NEW.live_topic_ids) WITH ORDINALITY AS named(id, place) JOIN topics ON topics.id = named.id GROUP BY 2;
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER "stories_names" AFTER UPDATE ON "stories" FOR EACH ROW
  WHEN ((OLD.live_author_ids, OLD.live_topic_ids, OLD.live_at, OLD.withdrawn_at) IS DISTINCT FROM (NEW.live_author_ids, NEW.live_topic_ids, NEW.live_at, NEW.withdrawn_at)
    AND (OLD.live_author_ids, OLD.live_topic_ids, NEW.live_author_ids, NEW.live_topic_ids) IS DISTINCT FROM ('{}'::bigint[], '{}'::bigint[], '{}'::bigint[], '{}'::bigint[]))
  EXECUTE FUNCTION "keep_story_names"();
