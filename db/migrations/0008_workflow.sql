CREATE TABLE "publications_alone" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "publications_alone_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"story_id" bigint NOT NULL,
	"revision_id" bigint NOT NULL,
	"published_at" timestamp with time zone NOT NULL,
	"published_by_id" bigint,
	"published_by_name" text NOT NULL,
	"reason" text NOT NULL,
	"seen_at" timestamp with time zone,
	"seen_by_id" bigint,
	"seen_by_name" text,
	CONSTRAINT "publications_alone_with_reason" CHECK (btrim("publications_alone"."reason") <> ''),
	CONSTRAINT "publications_alone_seen_by_somebody" CHECK (("publications_alone"."seen_at" is null) = ("publications_alone"."seen_by_name" is null))
);
--> statement-breakpoint
CREATE TABLE "story_progress" (
	"story_id" bigint PRIMARY KEY NOT NULL,
	"step" text DEFAULT 'writing' NOT NULL,
	"assignee_id" bigint,
	"note" text,
	"moved_at" timestamp with time zone,
	"moved_by_id" bigint,
	"moved_by_name" text,
	CONSTRAINT "story_progress_step_is_known" CHECK ("story_progress"."step" in ('writing', 'for-review', 'ready')),
	CONSTRAINT "story_progress_moved_by_somebody" CHECK (("story_progress"."moved_at" is null) = ("story_progress"."moved_by_name" is null)),
	CONSTRAINT "story_progress_step_was_a_move" CHECK ("story_progress"."step" = 'writing' or "story_progress"."moved_at" is not null),
	CONSTRAINT "story_progress_note_says_something" CHECK ("story_progress"."note" is null or ("story_progress"."moved_at" is not null and btrim("story_progress"."note") <> '' and length("story_progress"."note") <= 2000))
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"only_one" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"reporters_may_publish_alone" boolean DEFAULT false NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"changed_by_id" bigint,
	"changed_by_name" text NOT NULL,
	CONSTRAINT "settings_are_one_row" CHECK ("settings"."only_one")
);
--> statement-breakpoint
ALTER TABLE "publications_alone" ADD CONSTRAINT "publications_alone_story_id_stories_id_fk" FOREIGN KEY ("story_id") REFERENCES "public"."stories"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publications_alone" ADD CONSTRAINT "publications_alone_revision_id_revisions_id_fk" FOREIGN KEY ("revision_id") REFERENCES "public"."revisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publications_alone" ADD CONSTRAINT "publications_alone_published_by_id_users_id_fk" FOREIGN KEY ("published_by_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publications_alone" ADD CONSTRAINT "publications_alone_seen_by_id_users_id_fk" FOREIGN KEY ("seen_by_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "story_progress" ADD CONSTRAINT "story_progress_story_id_stories_id_fk" FOREIGN KEY ("story_id") REFERENCES "public"."stories"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "story_progress" ADD CONSTRAINT "story_progress_assignee_id_users_id_fk" FOREIGN KEY ("assignee_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "story_progress" ADD CONSTRAINT "story_progress_moved_by_id_users_id_fk" FOREIGN KEY ("moved_by_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "settings" ADD CONSTRAINT "settings_changed_by_id_users_id_fk" FOREIGN KEY ("changed_by_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "publications_alone_unseen" ON "publications_alone" USING btree ("id" DESC NULLS FIRST) WHERE "publications_alone"."seen_at" is null;--> statement-breakpoint
CREATE INDEX "story_progress_assignee" ON "story_progress" USING btree ("assignee_id") WHERE "story_progress"."assignee_id" is not null;--> statement-breakpoint
CREATE INDEX "story_progress_on_its_way" ON "story_progress" USING btree ("step","story_id") WHERE "story_progress"."step" <> 'writing';--> statement-breakpoint
-- What went out without an editor is looked at and never forgotten.
CREATE TRIGGER "publications_alone_are_for_ever" BEFORE DELETE ON "publications_alone" FOR EACH ROW EXECUTE FUNCTION "refuse_rewriting"();
--> statement-breakpoint
CREATE TRIGGER "publications_alone_are_never_truncated" BEFORE TRUNCATE ON "publications_alone" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_rewriting"();
