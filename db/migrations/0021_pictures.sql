CREATE TABLE "author_portraits" (
	"author_id" bigint PRIMARY KEY NOT NULL,
	"picture_id" bigint NOT NULL,
	"placed_at" timestamp with time zone NOT NULL,
	"placed_by_id" bigint,
	"placed_by_name" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "picture_leases" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "picture_leases_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"picture_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"from_at" timestamp with time zone,
	"until_at" timestamp with time zone,
	"note" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"created_by_id" bigint,
	"created_by_name" text NOT NULL,
	"ended_at" timestamp with time zone,
	"ended_by_name" text,
	CONSTRAINT "picture_leases_kind_is_known" CHECK ("picture_leases"."kind" in ('allow', 'deny')),
	CONSTRAINT "picture_leases_end_after_they_begin" CHECK ("picture_leases"."from_at" < "picture_leases"."until_at"),
	CONSTRAINT "picture_leases_note_is_given" CHECK (btrim("picture_leases"."note") <> ''),
	CONSTRAINT "picture_leases_ended_by_somebody" CHECK (("picture_leases"."ended_at" is null) = ("picture_leases"."ended_by_name" is null))
);
--> statement-breakpoint
CREATE TABLE "picture_search" (
	"picture_id" bigint PRIMARY KEY NOT NULL,
	"vector" "tsvector" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pictures" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "pictures_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"key" text NOT NULL,
	"sha256" text NOT NULL,
	"format" text NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"frames" integer NOT NULL,
	"has_alpha" boolean NOT NULL,
	"thumbhash" text NOT NULL,
	"colour" text NOT NULL,
	"caption" text,
	"credit" text,
	"byline" text[],
	"source" text,
	"copyright" text,
	"alt" text,
	"decorative" boolean,
	"instructions" text,
	"taken_when" text,
	"taken_where" text,
	"people" text[],
	"keywords" text[],
	"source_type" text,
	"rights_category" text DEFAULT 'none' NOT NULL,
	"rights_licence" text,
	"focus_x" double precision DEFAULT 0.5 NOT NULL,
	"focus_y" double precision DEFAULT 0.5 NOT NULL,
	"file_name" text,
	"bytes" bigint NOT NULL,
	"as_it_came" jsonb NOT NULL,
	"warnings" text[] NOT NULL,
	"rights_restriction" text,
	"rights_note" text,
	"version" integer DEFAULT 1 NOT NULL,
	"rights_version" integer DEFAULT 1 NOT NULL,
	"saved_at" timestamp with time zone NOT NULL,
	"saved_by_name" text NOT NULL,
	"rights_saved_by_name" text NOT NULL,
	"uploaded_at" timestamp with time zone NOT NULL,
	"uploaded_by_id" bigint,
	"uploaded_by_name" text NOT NULL,
	"last_used_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "pictures_sha256_is_hex" CHECK ("pictures"."sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "pictures_key_is_random" CHECK ("pictures"."key" ~ '^[A-Za-z0-9_-]{10,40}$'),
	CONSTRAINT "pictures_have_a_size" CHECK ("pictures"."width" > 0 and "pictures"."height" > 0 and "pictures"."frames" > 0 and "pictures"."bytes" > 0),
	CONSTRAINT "pictures_focus_is_inside" CHECK ("pictures"."focus_x" between 0 and 1 and "pictures"."focus_y" between 0 and 1),
	CONSTRAINT "pictures_format_is_known" CHECK ("pictures"."format" in ('jpeg', 'png', 'webp', 'avif', 'gif')),
	CONSTRAINT "pictures_rights_are_known" CHECK ("pictures"."rights_category" in ('none', 'staff', 'commissioned', 'agency', 'handout', 'pool', 'pr', 'screengrab', 'social-media', 'creative-commons', 'public-domain', 'crown-copyright')),
	CONSTRAINT "pictures_licence_is_of_creative_commons" CHECK ("pictures"."rights_licence" is null or "pictures"."rights_category" = 'creative-commons'),
	CONSTRAINT "pictures_decorative_has_no_alt" CHECK (not ("pictures"."decorative" and coalesce("pictures"."alt", '') <> ''))
);
--> statement-breakpoint
CREATE TABLE "story_pictures" (
	"story_id" bigint NOT NULL,
	"revision_id" bigint,
	"place" text NOT NULL,
	"position" integer NOT NULL,
	"picture_id" bigint NOT NULL,
	CONSTRAINT "story_pictures_place_is_known" CHECK ("story_pictures"."place" in ('lead', 'body'))
);
--> statement-breakpoint
DROP VIEW "public"."live_stories";--> statement-breakpoint
DROP VIEW "public"."upcoming_moments";--> statement-breakpoint
ALTER TABLE "drafts" ADD COLUMN "picture" jsonb;--> statement-breakpoint
ALTER TABLE "drafts" ADD COLUMN "caption" text;--> statement-breakpoint
ALTER TABLE "drafts" ADD COLUMN "alt" text;--> statement-breakpoint
ALTER TABLE "history" ADD COLUMN "picture_id" bigint;--> statement-breakpoint
ALTER TABLE "revisions" ADD COLUMN "picture" jsonb;--> statement-breakpoint
ALTER TABLE "revisions" ADD COLUMN "caption" text;--> statement-breakpoint
ALTER TABLE "revisions" ADD COLUMN "alt" text;--> statement-breakpoint
ALTER TABLE "author_portraits" ADD CONSTRAINT "author_portraits_author_id_authors_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."authors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "author_portraits" ADD CONSTRAINT "author_portraits_picture_id_pictures_id_fk" FOREIGN KEY ("picture_id") REFERENCES "public"."pictures"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "author_portraits" ADD CONSTRAINT "author_portraits_placed_by_id_users_id_fk" FOREIGN KEY ("placed_by_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "picture_leases" ADD CONSTRAINT "picture_leases_picture_id_pictures_id_fk" FOREIGN KEY ("picture_id") REFERENCES "public"."pictures"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "picture_leases" ADD CONSTRAINT "picture_leases_created_by_id_users_id_fk" FOREIGN KEY ("created_by_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "picture_search" ADD CONSTRAINT "picture_search_picture_id_pictures_id_fk" FOREIGN KEY ("picture_id") REFERENCES "public"."pictures"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pictures" ADD CONSTRAINT "pictures_uploaded_by_id_users_id_fk" FOREIGN KEY ("uploaded_by_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "story_pictures" ADD CONSTRAINT "story_pictures_story_id_stories_id_fk" FOREIGN KEY ("story_id") REFERENCES "public"."stories"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "story_pictures" ADD CONSTRAINT "story_pictures_picture_id_pictures_id_fk" FOREIGN KEY ("picture_id") REFERENCES "public"."pictures"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "story_pictures" ADD CONSTRAINT "story_pictures_revision" FOREIGN KEY ("revision_id","story_id") REFERENCES "public"."revisions"("id","story_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "author_portraits_of_picture" ON "author_portraits" USING btree ("picture_id");--> statement-breakpoint
CREATE INDEX "picture_leases_of_picture" ON "picture_leases" USING btree ("picture_id","id");--> statement-breakpoint
CREATE INDEX "picture_leases_from" ON "picture_leases" USING btree ("from_at") WHERE "picture_leases"."from_at" is not null and "picture_leases"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "picture_leases_until" ON "picture_leases" USING btree ("until_at") WHERE "picture_leases"."until_at" is not null and "picture_leases"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "picture_search_vector" ON "picture_search" USING gin ("vector") WITH (gin_pending_list_limit=512);--> statement-breakpoint
CREATE UNIQUE INDEX "pictures_key" ON "pictures" USING btree ("key");--> statement-breakpoint
CREATE UNIQUE INDEX "pictures_sha256" ON "pictures" USING btree ("sha256") WHERE "pictures"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "pictures_newest" ON "pictures" USING btree ("uploaded_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "pictures_of_uploader" ON "pictures" USING btree ("uploaded_by_id","uploaded_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE UNIQUE INDEX "story_pictures_of_draft" ON "story_pictures" USING btree ("story_id","place","position") WHERE "story_pictures"."revision_id" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "story_pictures_of_revision" ON "story_pictures" USING btree ("revision_id","place","position") WHERE "story_pictures"."revision_id" is not null;--> statement-breakpoint
CREATE INDEX "story_pictures_of_picture" ON "story_pictures" USING btree ("picture_id","story_id");--> statement-breakpoint
ALTER TABLE "history" ADD CONSTRAINT "history_picture_id_pictures_id_fk" FOREIGN KEY ("picture_id") REFERENCES "public"."pictures"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "history_of_picture" ON "history" USING btree ("picture_id","id" DESC NULLS FIRST) WHERE "history"."picture_id" is not null;--> statement-breakpoint
CREATE VIEW "public"."live_picture_uses" AS (
  select used.picture_id, used.story_id, null::bigint as author_id, used.place, used.position, stories.unpublish_at as until_at
  from story_pictures used join stories on stories.id = used.story_id
  where used.revision_id = case when stories.due_at <= now() then stories.due_revision_id else stories.live_revision_id end
    and stories.live_at is not null and stories.live_at <= now() and stories.withdrawn_at is null
    and (stories.unpublish_at is null or stories.unpublish_at > now())
  union all
  select author_portraits.picture_id, null, author_portraits.author_id, 'portrait', 0, null
  from author_portraits
  where exists (
    select 1 from story_authors join stories on stories.id = story_authors.story_id
    where story_authors.author_id = author_portraits.author_id and stories.live_at is not null and stories.live_at <= now()
      and stories.withdrawn_at is null and (stories.unpublish_at is null or stories.unpublish_at > now())));--> statement-breakpoint
CREATE VIEW "public"."usable_pictures" AS (
  select pictures.id, pictures.key, pictures.sha256, pictures.format, pictures.width, pictures.height, pictures.frames, pictures.has_alpha, pictures.thumbhash, pictures.colour, pictures.caption, pictures.credit, pictures.byline, pictures.source, pictures.copyright, pictures.alt, pictures.decorative, pictures.instructions, pictures.taken_when, pictures.taken_where, pictures.people, pictures.keywords, pictures.source_type, pictures.rights_category, pictures.rights_licence, pictures.focus_x, pictures.focus_y,
    pictures.as_it_came -> 'told' as told,
    (select min(boundary.at) from picture_leases lease, lateral (values (lease.from_at), (lease.until_at)) boundary (at)
      where lease.picture_id = pictures.id and lease.ended_at is null and boundary.at > now()) as next_boundary
  from pictures where ("pictures"."deleted_at" is null and coalesce(
    (select newest.kind = 'allow' from picture_leases newest where newest.picture_id = "pictures"."id" and newest.ended_at is null
      and (newest.from_at is null or newest.from_at <= now()) and (newest.until_at is null or newest.until_at > now())
      order by newest.id desc limit 1),
    "pictures"."rights_category" <> 'none' and not exists (select 1 from picture_leases allowing where allowing.picture_id = "pictures"."id"
      and allowing.ended_at is null and allowing.kind = 'allow'))));--> statement-breakpoint
CREATE VIEW "public"."live_stories" AS (
  select stories.id,
    case when stories.due_at <= now() then stories.due_section_id else stories.section_id end as section_id,
    sections.slug as section_slug, sections.name as section_name,
    case when stories.due_at <= now() then stories.due_slug else stories.slug end as slug,
    revisions.headline, revisions.kicker, revisions.standfirst, revisions.dateline, revisions.caption, revisions.alt,
    case when stories.due_at <= now() then stories.due_has_body else stories.live_has_body end as has_body,
    revisions.body, stories.live_at,
    case when stories.updated_for_readers_at > stories.live_at then stories.updated_for_readers_at end as updated_at,
    case when stories.due_at <= now() then stories.due_words else stories.live_words end as words,
    stories.due_at, stories.section_id as kept_section_id,
    stories.live_has_body as kept_has_body, stories.live_words as kept_words, stories.retracted_at is not null as retracted,
    case when stories.due_at <= now() then coalesce(stories.due_author_ids, stories.live_author_ids) else stories.live_author_ids end as author_ids,
    case when stories.due_at <= now() then coalesce(stories.due_topic_ids, stories.live_topic_ids) else stories.live_topic_ids end as topic_ids,
    stories.unpublish_at, case when stories.due_at <= now() then stories.due_revision_id else stories.live_revision_id end as revision_id,
    revisions.picture
  from stories
  left join revisions on revisions.id = case when stories.due_at <= now() then stories.due_revision_id else stories.live_revision_id end
  left join sections on sections.id = case when stories.due_at <= now() then stories.due_section_id else stories.section_id end
  where stories.live_at is not null and stories.live_at <= now() and stories.withdrawn_at is null
    and (stories.unpublish_at is null or stories.unpublish_at > now()));--> statement-breakpoint
CREATE VIEW "public"."upcoming_moments" AS (select stories.id as story_id, stories.section_id, stories.live_at, stories.live_at as at from stories where stories.live_at > now() and stories.withdrawn_at is null
  union all select stories.id, stories.due_section_id, stories.due_at, stories.due_at from stories where stories.due_at > now()
  union all select stories.id, stories.section_id, stories.unpublish_at, stories.unpublish_at from stories where stories.unpublish_at > now()
  union all select null, null, picture_leases.from_at, picture_leases.from_at from picture_leases where picture_leases.from_at > now() and picture_leases.ended_at is null
  union all select null, null, picture_leases.until_at, picture_leases.until_at from picture_leases where picture_leases.until_at > now() and picture_leases.ended_at is null);--> statement-breakpoint
-- What came with the file stays as it came, and a row stays where revisions and the history name it.
CREATE FUNCTION "refuse_changing_original"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR NEW.as_it_came IS DISTINCT FROM OLD.as_it_came OR NEW.key <> OLD.key OR NEW.sha256 <> OLD.sha256 THEN
    RAISE EXCEPTION 'What came with the file of picture % is never changed', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER "pictures_stay_as_they_came" BEFORE UPDATE OR DELETE ON "pictures" FOR EACH ROW EXECUTE FUNCTION "refuse_changing_original"();
