CREATE TABLE "authors" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "authors_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"slug" text NOT NULL,
	"name" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "story_authors" (
	"story_id" bigint NOT NULL,
	"author_id" bigint NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "story_authors_story_id_author_id_pk" PRIMARY KEY("story_id","author_id")
);
--> statement-breakpoint
CREATE TABLE "front_page_slots" (
	"front_page_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"story_id" bigint NOT NULL,
	CONSTRAINT "front_page_slots_front_page_id_story_id_pk" PRIMARY KEY("front_page_id","story_id")
);
--> statement-breakpoint
CREATE TABLE "front_pages" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "front_pages_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"launched_at" timestamp with time zone DEFAULT now() NOT NULL,
	"launched_by_id" bigint,
	"launched_by_name" text NOT NULL,
	"lead_story_id" bigint
);
--> statement-breakpoint
CREATE TABLE "history" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "history_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"happened_at" timestamp with time zone NOT NULL,
	"actor_id" bigint,
	"actor_name" text NOT NULL,
	"story_id" bigint,
	"event" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sections" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sections_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "sections_slug_is_a_slug" CHECK ("sections"."slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length("sections"."slug") <= 80 and "sections"."slug" !~ '^[0-9]{4}$'),
	CONSTRAINT "sections_name_is_given" CHECK (length(btrim("sections"."name")) between 1 and 60)
);
--> statement-breakpoint
CREATE TABLE "drafts" (
	"story_id" bigint PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"headline" text NOT NULL,
	"kicker" text,
	"standfirst" text,
	"dateline" text,
	"section_id" bigint,
	"slug" text NOT NULL,
	"body" jsonb,
	"saved_at" timestamp with time zone DEFAULT now() NOT NULL,
	"saved_by_id" bigint,
	"saved_by_name" text NOT NULL,
	"kept_as_revision_id" bigint,
	"words" "tsvector" GENERATED ALWAYS AS (to_tsvector('simple', headline || ' ' || coalesce(kicker, '') || ' ' || coalesce(standfirst, ''))) STORED,
	CONSTRAINT "drafts_headline_is_short" CHECK (length("drafts"."headline") <= 300)
);
--> statement-breakpoint
CREATE TABLE "revisions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "revisions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"story_id" bigint NOT NULL,
	"number" integer NOT NULL,
	"headline" text NOT NULL,
	"kicker" text,
	"standfirst" text,
	"dateline" text,
	"section_id" bigint,
	"slug" text NOT NULL,
	"body" jsonb,
	"has_body" boolean GENERATED ALWAYS AS (body is not null) STORED NOT NULL,
	"updated_for_readers_at" timestamp with time zone,
	"kept_at" timestamp with time zone DEFAULT now() NOT NULL,
	"kept_by_id" bigint,
	"kept_by_name" text NOT NULL,
	CONSTRAINT "revisions_of_story" UNIQUE("id","story_id")
);
--> statement-breakpoint
CREATE TABLE "stories" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "stories_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"owner_id" bigint,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"live_revision_id" bigint,
	"live_at" timestamp with time zone,
	"section_id" bigint,
	"slug" text,
	"withdrawn_at" timestamp with time zone,
	"withdrawn_reason" text,
	"live_words" "tsvector",
	CONSTRAINT "stories_live_is_whole" CHECK (num_nonnulls("stories"."live_revision_id", "stories"."live_at", "stories"."section_id", "stories"."slug") in (0, 4)),
	CONSTRAINT "stories_withdrawn_was_live" CHECK ("stories"."withdrawn_at" is null or "stories"."live_at" is not null),
	CONSTRAINT "stories_withdrawn_with_reason" CHECK (("stories"."withdrawn_at" is null) = ("stories"."withdrawn_reason" is null) and ("stories"."withdrawn_reason" is null or btrim("stories"."withdrawn_reason") <> '')),
	CONSTRAINT "stories_slug_is_a_slug" CHECK ("stories"."slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length("stories"."slug") <= 80)
);
--> statement-breakpoint
CREATE TABLE "failed_sign_ins" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "failed_sign_ins_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account" text NOT NULL,
	"network" text NOT NULL,
	"failed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "invitations_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"token_hash" text NOT NULL,
	"kind" text NOT NULL,
	"user_id" bigint,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone,
	"used_at" timestamp with time zone,
	CONSTRAINT "invitations_kind_is_known" CHECK ("invitations"."kind" in ('setup', 'invitation', 'reset')),
	CONSTRAINT "invitations_are_for_somebody" CHECK (("invitations"."kind" = 'setup') = ("invitations"."user_id" is null)),
	CONSTRAINT "invitations_expire" CHECK ("invitations"."kind" = 'setup' or "invitations"."expires_at" is not null)
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" bigint NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	"address" text NOT NULL,
	"agent" text NOT NULL,
	"second_factor_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "users_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"email" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"password_hash" text,
	"disabled_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_email_is_folded" CHECK ("users"."email" = lower("users"."email") and "users"."email" like '%_@_%' and length("users"."email") <= 254),
	CONSTRAINT "users_role_is_known" CHECK ("users"."role" in ('reporter', 'editor', 'admin')),
	CONSTRAINT "users_name_is_given" CHECK (length(btrim("users"."name")) between 1 and 120)
);
--> statement-breakpoint
ALTER TABLE "story_authors" ADD CONSTRAINT "story_authors_story_id_stories_id_fk" FOREIGN KEY ("story_id") REFERENCES "public"."stories"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "story_authors" ADD CONSTRAINT "story_authors_author_id_authors_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."authors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "front_page_slots" ADD CONSTRAINT "front_page_slots_front_page_id_front_pages_id_fk" FOREIGN KEY ("front_page_id") REFERENCES "public"."front_pages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "front_page_slots" ADD CONSTRAINT "front_page_slots_story_id_stories_id_fk" FOREIGN KEY ("story_id") REFERENCES "public"."stories"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "front_pages" ADD CONSTRAINT "front_pages_launched_by_id_users_id_fk" FOREIGN KEY ("launched_by_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "front_pages" ADD CONSTRAINT "front_pages_lead_story_id_stories_id_fk" FOREIGN KEY ("lead_story_id") REFERENCES "public"."stories"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "history" ADD CONSTRAINT "history_actor_id_users_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "history" ADD CONSTRAINT "history_story_id_stories_id_fk" FOREIGN KEY ("story_id") REFERENCES "public"."stories"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_story_id_stories_id_fk" FOREIGN KEY ("story_id") REFERENCES "public"."stories"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_section_id_sections_id_fk" FOREIGN KEY ("section_id") REFERENCES "public"."sections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_saved_by_id_users_id_fk" FOREIGN KEY ("saved_by_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revisions" ADD CONSTRAINT "revisions_story_id_stories_id_fk" FOREIGN KEY ("story_id") REFERENCES "public"."stories"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revisions" ADD CONSTRAINT "revisions_section_id_sections_id_fk" FOREIGN KEY ("section_id") REFERENCES "public"."sections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revisions" ADD CONSTRAINT "revisions_kept_by_id_users_id_fk" FOREIGN KEY ("kept_by_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stories" ADD CONSTRAINT "stories_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stories" ADD CONSTRAINT "stories_section_id_sections_id_fk" FOREIGN KEY ("section_id") REFERENCES "public"."sections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stories" ADD CONSTRAINT "stories_live_revision" FOREIGN KEY ("live_revision_id","id") REFERENCES "public"."revisions"("id","story_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "authors_slug" ON "authors" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "history_of_story" ON "history" USING btree ("story_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE UNIQUE INDEX "sections_slug" ON "sections" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "drafts_desk" ON "drafts" USING btree ("saved_at" DESC NULLS FIRST,"story_id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "drafts_desk_section" ON "drafts" USING btree ("section_id","saved_at" DESC NULLS FIRST,"story_id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "drafts_words" ON "drafts" USING gin ("words");--> statement-breakpoint
CREATE UNIQUE INDEX "revisions_number" ON "revisions" USING btree ("story_id","number");--> statement-breakpoint
CREATE INDEX "stories_latest" ON "stories" USING btree ("live_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE "stories"."live_at" is not null and "stories"."withdrawn_at" is null;--> statement-breakpoint
CREATE INDEX "stories_in_section" ON "stories" USING btree ("section_id","live_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE "stories"."live_at" is not null and "stories"."withdrawn_at" is null;--> statement-breakpoint
CREATE INDEX "stories_live_words" ON "stories" USING gin ("live_words");--> statement-breakpoint
CREATE INDEX "stories_owner" ON "stories" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "failed_sign_ins_account" ON "failed_sign_ins" USING btree ("account","network","failed_at");--> statement-breakpoint
CREATE INDEX "failed_sign_ins_network" ON "failed_sign_ins" USING btree ("network","failed_at");--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_token" ON "invitations" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email" ON "users" USING btree ("email");--> statement-breakpoint
CREATE VIEW "public"."live_stories" AS (
  select stories.id, stories.section_id, sections.slug as section_slug, sections.name as section_name, stories.slug,
    revisions.headline, revisions.kicker, revisions.standfirst, revisions.dateline, revisions.has_body, revisions.body,
    stories.live_at, revisions.updated_for_readers_at as updated_at, stories.live_words as words
  from stories
  join revisions on revisions.id = stories.live_revision_id
  join sections on sections.id = stories.section_id
  where stories.live_at is not null and stories.live_at <= now() and stories.withdrawn_at is null);--> statement-breakpoint
CREATE VIEW "public"."upcoming_moments" AS (select stories.id as story_id, stories.section_id, stories.live_at from stories where stories.live_at > now() and stories.withdrawn_at is null);--> statement-breakpoint
CREATE VIEW "public"."withdrawn_stories" AS (select stories.id, stories.withdrawn_at from stories where stories.withdrawn_at is not null and stories.live_at <= now());