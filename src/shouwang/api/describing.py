"""The OpenAPI document with what the framework leaves out: the errors of each operation, and their headers.

Which errors there are follows from the operation: all want a token, those with a body can be sent a wrong
one. What only some operations answer they declare themselves (``response={200: …, 409: ProblemBody}``).
"""

from __future__ import annotations

from typing import Any, Final

from ninja import Field, NinjaAPI, Schema
from ninja.openapi.schema import REF_TEMPLATE, OpenAPISchema
from ninja.operation import Operation

from shouwang.access.problem import MEDIA_TYPE
from shouwang.api.idempotency import HEADER, LONGEST, REPLAYED


class Place(Schema):
    """Where a request is wrong, how, and what to do about it."""

    at: str = Field(description="字段；嵌套的用点分开")
    message: str
    advice: str = ""


class ProblemBody(Schema):
    """What went wrong (RFC 9457), in the language of the token's user."""

    type: str = Field(description="about:blank：由 status 即可知道是哪一类")
    title: str
    status: int = Field(ge=400, le=599)
    detail: str = Field("", description="怎么办")
    errors: list[Place] = Field([], description="422：哪些地方不对")
    right: str = Field("", description="403：缺少的权限")
    version: int = Field(0, description="409：记录现在的版本")
    id: int = Field(0, description="409：已有的那条记录")


PROBLEMS: Final = {
    400: "请求体读不出来",
    401: "令牌无效或已过期",
    403: "没有权限",
    404: "没有找到，或者不在管辖范围内",
    409: "记录已有变化，或者已有同一编号的记录",
    413: "请求体太大",
    422: "请求的内容不对",
    429: "请求太频繁",
    500: "系统出错，什么也没有写入",
    503: "数据库暂时不能用，什么也没有写入，可以再试",
    507: "磁盘已满，什么也没有写入",
}
"""Every error status of an operation. 405 is not of an operation but of an address."""
ALL: Final = (401, 403, 429, 500, 503, 507)
HEADERS: Final = {
    401: {"WWW-Authenticate": {"schema": {"type": "string"}, "required": True}},
    429: {"Retry-After": {"schema": {"type": "integer"}, "description": "秒"}},
    503: {"Retry-After": {"schema": {"type": "integer"}, "description": "秒", "required": True}},
}


class Described(NinjaAPI):
    """The API whose description is this one."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """The OpenAPI document."""
        return Document(self, self.get_root_path(path_params or {}) if path_prefix is None else path_prefix)


class Document(OpenAPISchema):
    """The OpenAPI document, with the errors."""

    def operation_details(self, operation: Operation) -> dict[str, Any]:
        """The operation with its errors and, for a write that may be repeated, the headers for that."""
        told: dict[str, Any] = super().operation_details(operation)
        answers: dict[int, Any] = told["responses"]
        statuses = {*ALL, *(status for status in answers if status >= 400)}
        if any(one["in"] == "path" for one in told["parameters"]):
            statuses.add(404)
        if "requestBody" in told:
            statuses |= {400, 413}
        if "requestBody" in told or any(one["in"] == "query" for one in told["parameters"]):
            statuses.add(422)
        if getattr(operation.view_func, "once", False):
            key = {"type": "string", "maxLength": LONGEST}
            told["parameters"].append({"in": "header", "name": HEADER, "schema": key, "required": False})
            for status in answers:
                if status < 400:
                    answers[status]["headers"] = {REPLAYED: {"schema": {"enum": ["true"]}}}
        answers |= {status: {"$ref": f"#/components/responses/Problem{status}"} for status in statuses}
        return told | {"responses": dict(sorted(answers.items()))}

    def get_components(self) -> dict[str, Any]:
        """The schemas, and each error once."""
        body = ProblemBody.model_json_schema(ref_template=REF_TEMPLATE)
        self.add_schema_definitions({**body.pop("$defs"), "ProblemBody": body})
        content = {MEDIA_TYPE: {"schema": {"$ref": REF_TEMPLATE.format(model="ProblemBody")}}}
        answers = {
            f"Problem{status}": {"description": said, "content": content}
            | ({"headers": HEADERS[status]} if status in HEADERS else {})
            for status, said in PROBLEMS.items()
        }
        return {**super().get_components(), "responses": answers}
