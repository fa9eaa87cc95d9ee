"""The ids of all prompts that were ever shipped. Add to these; retire in the pack what is to go."""

SHIPPED = {
    "assessment": "mid_lesson one_comment without_grades good_task wrong_answers mark_faster"
    " self_judged peers_say retake oral_check exam_season grade_talk rubric_shrunk"
    " exemplars first_look data_used portfolio feedback_to_you fair_mark trust_mark"
    " group_mark exit_question blank_page time_given report_words before_unit improve_one"
    " good_cheating parents_grade proud_piece",
    "climate": "at_the_door repair calm_signal seat_plan who_is_missed unfair public_private"
    " class_mood mistakes_safe jobs_shared joke_line praise loud_voice on_the_edge phones"
    " agreement room_today new_arrival first_response apology corners last_bell"
    " not_friends your_temper silence_kinds celebrate hall_story consequence rainy_week"
    " like_it_here",
    "equity": "names_right whose_story calendar_blind knowledge_home hand_count changed_mind"
    " cost_hidden high_bar books_shelf interrupt rules_for_whom many_ways translation"
    " whose_examples gentle_help your_school_days quiet_culture advanced_door"
    " place_history student_advice access_first heroes accent who_leads food_table"
    " hard_topic ready_for_it deficit_words newcomer_first_day small_justice",
    "families": "good_news first_contact learned_from hard_meeting angry_message plain_words"
    " unreachable at_home_help student_present grandparents evening_event boundaries"
    " their_school skills_of_families separated homework_war show_learning ten_minutes"
    " thank_family moving_house too_helpful hear_both how_connected paper_home hopes"
    " worry_shared your_family gate_talk silent_agreement letter_later",
    "fill_ins": "window no_alarm holiday_smell book_unread dish walk song_loud game_family"
    " childhood_break postcard unfinished animal shop_window film_again snapshot boredom"
    " map_pin season_first phone_off chair breakfast hands letter_stamp weather_wish"
    " overheard garden late_night swap_lives found_pocket thank_rest",
    "first_years": "wish_told first_lesson who_helped stopped_worrying firm_and_kind planning_hours"
    " saying_no watch_lesson empty_drawer honest_mistake learn_building first_call_home"
    " old_notes rules_kept voice_and_feet mentor_meeting new_school how_settled"
    " not_your_subject sunday_evening good_luck stay_or_go being_observed calm_morning"
    " grading_pile ask_veterans ask_newcomers substitute_plan small_win becoming",
    "leaders": "best_question worth_meeting first_visit not_advise follow_through say_hard_thing"
    " protect_time new_idea look_for changed_course reluctant_one teach_still praise_staff"
    " learning_walk small_budget leading_tired data_meeting new_staff coach_coach"
    " stop_doing trust_built open_door between see_growth time_split student_voice"
    " conflict_staff handover borrow_other_school why_lead",
    "literacy": "hard_text words_of_subject last_reading writing_to_think first_sentence talk_first"
    " read_aloud diagram two_languages listening spelling_line opinion_evidence"
    " note_taking reluctant instructions summary_skill model_text presentation revision"
    " school_library humble_genre mother_tongue disagree_well reading_now graph_story"
    " source_check handwriting poem_anywhere question_writing book_passed_on",
    "look_back": "a_first_day a_keep a_drop a_summer a_room a_nerves a_one_goal a_learn_them a_letter"
    " a_team j_halfway j_restart j_promise j_one_student j_reset j_word j_pace j_help_gave"
    " j_brave j_better_than m_last_weeks m_goodbye m_proudest m_note m_learned m_undone"
    " m_ask_students m_swap m_rest m_year_title",
    "numeracy": "stuck_well rich_problem two_ways estimate number_in_news not_maths_person hands_on"
    " good_mistake where_used drill_place explain_why word_problem calculator_line"
    " fast_finisher fear pattern_spotted money_sense board_game units student_problem"
    " graph_lies group_size half_right everyday_sum hint_ladder confidence_now chance"
    " check_it shape_around long_problem",
    "one_sentence": "stuck_on monday_worry borrow_hour same_again where_time_goes unanswered two_goods"
    " not_mine half_the_class missing_tool absent_days late_again good_advice"
    " homework_knot noise_line ask_for_help too_many how_heavy interrupts copying"
    " shared_room lost_unit motivation_gone mixed_ages promise_made explain_to_friend"
    " feedback_ignored policy_bump kind_of_help unsaid",
    "openers": "first_seen hidden_skill door_sign other_job worth_it come_and_ask their_voice"
    " nearly_else one_object house_word best_hour one_picture surprised_that lunch_talk"
    " the_way_there ask_elsewhere sound_of_it grade_again without_notes beginner_again"
    " local_pride many_names building_size group_rule arriving made_you_think sit_in"
    " years_in small_ritual ask_me_about",
    "science": "kitchen_lab failed_demo good_why predict built_it messy misconception outside_door"
    " measure_twice safety_talk local_expert unknown drawing one_variable prototype"
    " rubbish who_does_science weather_today long_watch tool_first model_limits write_up"
    " no_budget living_things ethics student_led most_needed repair_day numbers_alive"
    " joined_lesson",
    "technology": "earned_place put_away ai_line ai_your_desk confidently_wrong task_survives privacy"
    " outage student_teacher distraction no_device_home voice_and_text search_skill"
    " whose_words create_not_consume too_many_logins camera_rules robots_today bias"
    " typing_thinking video_use unplugged ask_the_class feedback_machine online_kindness"
    " old_device choose_slowly evening_mail hidden_work ten_years_on",
    "wellbeing": "got_you_through end_of_day guard_evening energy_given good_enough ask_for"
    " ten_minutes_free friday_colour laughter saying_goodnight move notice_colleague"
    " kept_letter sick_day not_school quiet_place load_shared perfect small_ritual_tea"
    " sleep proud_private care_students refuse_guilt weekend_first staff_kindness"
    " weather_inside three_words_self next_break hard_season reason_today",
    "what_worked": "five_minutes borrowed better_question quiet_one last_minute cut_it they_explained"
    " opening_move smooth_change proof cheap_trick wall_change laughed pairing wait_time"
    " second_try example_used friday_alive thank_you routine_paid choice_given"
    " moved_outside shorter_talk one_word_week how_it_went left_alone old_thing"
    " ready_early said_leaving keep_small",
}
