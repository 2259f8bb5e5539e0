CREATE TABLE "accepted_flaws" (
	"story_id" bigint NOT NULL,
	"key" text NOT NULL,
	"accepted_at" timestamp with time zone NOT NULL,
	"accepted_by_id" bigint,
	"accepted_by_name" text NOT NULL,
	CONSTRAINT "accepted_flaws_story_id_key_pk" PRIMARY KEY("story_id","key")
);
--> statement-breakpoint
ALTER TABLE "accepted_flaws" ADD CONSTRAINT "accepted_flaws_story_id_stories_id_fk" FOREIGN KEY ("story_id") REFERENCES "public"."stories"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "accepted_flaws" ADD CONSTRAINT "accepted_flaws_accepted_by_id_users_id_fk" FOREIGN KEY ("accepted_by_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;