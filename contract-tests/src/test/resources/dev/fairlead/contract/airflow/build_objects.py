"""Parses a folder of DAG files and lets the operators build what they would send to Kubernetes, as one line of JSON.

argument: folder
"""
import json
import logging
import sys
from types import SimpleNamespace

import yaml
from kubernetes.client import ApiClient

try:
    from airflow.dag_processing.dagbag import DagBag
except ImportError:
    from airflow.models.dagbag import DagBag

logging.disable(logging.WARNING)
bag = DagBag(dag_folder=sys.argv[1])
plain = ApiClient().sanitize_for_serialization
context = {"ds": "2026-01-31", "ds_nodash": "20260131", "dag_run": SimpleNamespace(conf={"epochs": "3"})}
built = {}
for dag in bag.dags.values():
    for task in dag.tasks:
        task.render_template_fields(dict(context))
        if hasattr(task, "build_job_request_obj"):
            found = plain(task.build_job_request_obj(None))
        elif hasattr(task, "manage_template_specs"):
            found = task.manage_template_specs()["spark"]
        elif hasattr(task, "build_pod_request_obj"):
            found = plain(task.build_pod_request_obj(None))
        elif hasattr(task, "yaml_conf"):
            found = yaml.safe_load(task.yaml_conf)
        else:
            continue
        built[task.task_id] = found
print(json.dumps({"errors": bag.import_errors, "built": built}))
