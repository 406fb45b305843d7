"""The permission matrix: every address of the admin, and who gets which answer.

One line for each address: its name, what it is about (`world.py`), who gets what for GET, and for
POST with an empty form. `?do=x` is a line of its own for a button of that page; `=` says that its
GET is in the line above. Cells: `200:ES` means that E and S get 200 and everybody else 403; `-`
means 403 for everybody. People are letters:

    E Editor   C Clinical reviewer   P Publisher   M Partner manager   U Auditor
    A Administrator   S superuser   N staff in no group

An empty form is refused with 200 (the form again), 409 or 422, or 400 (no JSON), so none of these
changes anything; a list or a history answers POST as it answers GET. 405 is “not this method”.
"""

TABLE = """
app_list                                 app            200:ECPMUAS 404:N      | 200:ECPMUAS 404:N
auth_group_add                           -              200:AS                 | 200:AS
auth_group_change                        group          200:AS                 | 200:AS
auth_group_changelist                    -              200:AS                 | 200:AS
auth_group_delete                        group          200:AS                 | 200:AS
auth_group_history                       group          200:AS                 | 200:AS
auth_user_add                            -              200:AS                 | 200:AS
auth_user_change                         user           200:AS                 | 200:AS
auth_user_changelist                     -              200:AS                 | 200:AS
auth_user_delete                         user           200:AS                 | 200:AS
auth_user_history                        user           200:AS                 | 200:AS
auth_user_password_change                user           200:AS                 | 200:AS
autocomplete                             -              -                      | 405:ECPMUASN
conditions_condition_add                 -              302:ECPMUASN           | 302:ECPMUASN
conditions_condition_change              condition      302:ECPMUASN           | 302:ECPMUASN
conditions_condition_changelist          -              200:ECPMUAS            | 200:ECPMUAS
conditions_condition_check               document       405:ES                 | 400:ES
conditions_condition_delete              condition      -                      | -
conditions_condition_edit                document       200:ES                 | 405:ES
conditions_condition_history             condition      200:ECPMUAS            | 200:ECPMUAS
conditions_condition_new                 -              200:ES                 | 422:ES
conditions_condition_preview             document       405:ES                 | 400:ES
conditions_condition_save                document       405:ES                 | 400:ES
conditions_publisher_add                 -              200:ES                 | 200:ES
conditions_publisher_change              publisher      200:ECPUAS             | 200:ES
conditions_publisher_changelist          -              200:ECPUAS             | 200:ECPUAS
conditions_publisher_delete              publisher      200:ES                 | 409:ES
conditions_publisher_history             publisher      200:ECPUAS             | 200:ECPUAS
conditions_publisher_show_deleted        -              200:ES                 | 404:ES
conditions_reference_add                 -              200:ES                 | 200:ES
conditions_reference_change              reference      200:ECPUAS             | 200:ES
conditions_reference_changelist          -              200:ECPUAS             | 200:ECPUAS
conditions_reference_delete              reference      200:ES                 | 302:ES
conditions_reference_history             reference      200:ECPUAS             | 200:ECPUAS
conditions_reference_show_deleted        -              200:ES                 | 404:ES
conditions_topic_add                     -              200:ES                 | 200:ES
conditions_topic_change                  topic          200:ECPUAS             | 200:ES
conditions_topic_changelist              -              200:ECPUAS             | 200:ECPUAS
conditions_topic_delete                  topic          200:ES                 | 302:ES
conditions_topic_history                 topic          200:ECPUAS             | 200:ECPUAS
conditions_topic_show_deleted            -              200:ES                 | 404:ES
document_compare                         document       200:ECPUAS             | -
document_discard                         document       200:ECPUAS             | 409:ES
document_discard?do=recover              document       =                      | 409:ES
document_evidence                        document       200:US                 | -
document_evidence_json                   document       200:US                 | -
document_evidence_zip                    document       200:US                 | -
document_history                         document       200:ECPUAS             | -
document_invite                          document       200:EPS                | 409:EPS
document_invite?do=revoke                document       =                      | 404:EPS
document_overview                        document       200:ECPMUAS            | -
document_preview                         document       200:ECPUAS             | 409:EPS
document_preview_page                    document       200:ECPUAS             | 405:ECPUAS
document_publish                         document       200:CPS                | -
document_publish?do=publish              document       =                      | 409:PS
document_publish?do=schedule_publish     document       =                      | 409:PS
document_publish?do=schedule_withdraw    document       =                      | 409:PS
document_publish?do=withdraw             document       =                      | 409:PS
document_publish?do=break_glass          document       =                      | 409:PS
document_publish?do=extend_review        document       =                      | 409:CS
document_recall                          document       200:PS                 | 409:PS
document_restore                         document       404:ES                 | 409:ES
document_review                          document       200:ECPUAS             | -
document_review?do=comment               document       =                      | 409:ECPS
document_review?do=approved              document       =                      | 409:CS
document_review?do=changes_requested     document       =                      | 409:CS
document_scorecard                       document       404:ECPUAS             | 404:ECPUAS
document_submit                          document       200:ES                 | 409:ES
feedback_feedback_add                    -              -                      | -
feedback_feedback_change                 feedback       200:EPUS               | 409:EPS
feedback_feedback_changelist             -              200:EPUS               | 200:EPUS
feedback_feedback_delete                 feedback       -                      | -
feedback_feedback_history                feedback       200:EPUS               | 200:EPUS
figure_upload                            -              405:ES                 | 422:ES
index                                    -              200:ECPMUASN           | 200:ECPMUASN
jsi18n                                   -              200:ECPMUASN           | 405:ECPMUASN
login                                    -              302:ECPMUASN           | 302:ECPMUASN
logout                                   -              405:ECPMUASN           | 302:ECPMUASN
notices_choice_changelist                -              200:ECPMUASN           | 302:ECPMUASN
notices_notice_changelist                -              200:ECPMUASN           | 302:ECPMUASN
partner_details                          partner        200:MS                 | 200:MS
partner_holdings                         partner        200:PMUS               | -
partner_key                              key            200:MUAS               | 409:MS
partner_key?do=replace                   key            =                      | 409:MS
partner_keys                             partner        200:MUAS               | -
partner_keys_new                         partner        200:MUS                | 409:MUS
partner_overview                         partner        200:MUAS               | 409:MS
partner_overview?do=open                 partner        =                      | 409:MS
password_change                          -              302:ECPMUASN           | 302:ECPMUASN
password_change_done                     -              200:ECPMUASN           | 405:ECPMUASN
publishing_document_add                  -              -                      | -
publishing_document_change               document       302:ECPMUASN           | -
publishing_document_changelist           -              200:ECPMUAS            | 200:ECPMUAS
publishing_document_delete               document       -                      | -
publishing_document_history              document       200:ECPUAS             | -
publishing_edition_add                   -              -                      | -
publishing_edition_change                edition        200:ECPMUAS            | -
publishing_edition_changelist            -              200:ECPMUAS            | 200:ECPMUAS
publishing_edition_delete                edition        -                      | -
publishing_edition_history               edition        200:ECPMUAS            | 200:ECPMUAS
publishing_event_add                     -              -                      | -
publishing_event_change                  event          200:US                 | -
publishing_event_changelist              -              200:US                 | 200:US
publishing_event_delete                  event          -                      | -
publishing_event_history                 event          200:US                 | 200:US
publishing_event_verify                  -              -                      | 302:US
publishing_recall_add                    -              -                      | -
publishing_recall_change                 recall         200:PMUS               | -
publishing_recall_changelist             -              200:PMUS               | 200:PMUS
publishing_recall_delete                 recall         -                      | -
publishing_recall_history                recall         200:PMUS               | 200:PMUS
publishing_reviewerprofile_add           -              200:AS                 | 200:AS
publishing_reviewerprofile_change        profile        200:UAS                | 200:AS
publishing_reviewerprofile_changelist    -              200:UAS                | 200:UAS
publishing_reviewerprofile_delete        profile        200:AS                 | 200:AS
publishing_reviewerprofile_history       profile        200:UAS                | 200:UAS
publishing_signoff_add                   -              -                      | -
publishing_signoff_change                signoff        200:ECPUAS             | -
publishing_signoff_changelist            -              200:ECPUAS             | 200:ECPUAS
publishing_signoff_delete                signoff        -                      | -
publishing_signoff_history               signoff        200:ECPUAS             | 200:ECPUAS
publishing_submission_add                -              -                      | -
publishing_submission_change             submission     200:ECPUAS             | -
publishing_submission_changelist         -              200:ECPUAS             | 200:ECPUAS
publishing_submission_delete             submission     -                      | -
publishing_submission_history            submission     200:ECPUAS             | 200:ECPUAS
reference_search                         -              200:ECPUAS             | 200:ECPUAS
search_synonymgroup_add                  -              200:ES                 | 200:ES
search_synonymgroup_change               synonyms       200:ECPUAS             | 200:ES
search_synonymgroup_changelist           -              200:ECPUAS             | 200:ECPUAS
search_synonymgroup_delete               synonyms       200:ES                 | 200:ES
search_synonymgroup_history              synonyms       200:ECPUAS             | 200:ECPUAS
search                                   -              200:ECPMUASN           | 200:ECPMUASN
partner_webhook                          webhook        200:MUS                | 409:MS
partner_webhook?do=rotate                webhook        =                      | 409:MS
partner_webhook?do=disable               webhook        =                      | 409:MS
partner_webhook?do=enable                webhook        =                      | 409:MS
partner_webhook?do=test                  webhook        =                      | 302:MS
partner_webhook_delivery                 delivery       200:MUS                | 302:MS
partner_webhooks                         partner        200:MUS                | -
partner_webhooks_new                     partner        200:MS                 | 409:MS
syndication_partner_add                  -              200:MS                 | 200:MS
syndication_partner_change               partner        302:MUAS               | 302:MUAS
syndication_partner_changelist           -              200:MUAS               | 200:MUAS
syndication_partner_delete               partner        -                      | -
syndication_partner_history              partner        302:MUAS               | 302:MUAS
syndication_webhookendpoint_add          -              -                      | -
syndication_webhookendpoint_change       webhookendpoint 302:MUS               | 302:MUS
syndication_webhookendpoint_changelist   -              200:MUS                | 200:MUS
syndication_webhookendpoint_delete       webhookendpoint -                     | -
syndication_webhookendpoint_history      webhookendpoint 302:MUS               | 302:MUS
view_on_site                             typed-edition  404:ECPMUASN           | 404:ECPMUASN
"""
