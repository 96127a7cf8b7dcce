package io.reportfiles.storage.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The head of an answer that carries bytes, and the stream of them. The stream's owner closes it after the last byte or
 * aborts it.
 */
record S3Answer(SdkHttpResponse head, AbortableInputStream body) {

    private static final int MAX_ERROR_BYTES = 64 << 10;
    private static final Set<String> ERROR_FIELDS = Set.of("Code", "Message", "RequestId");

    /**
     * Takes a response.
     *
     * @throws S3Exception what S3 says, if it says no
     * @throws IOException if it breaks off while saying so
     */
    static S3Answer of(HttpExecuteResponse response) throws IOException {
        AbortableInputStream body =
                response.responseBody().orElseGet(() -> AbortableInputStream.create(InputStream.nullInputStream()));
        if (response.httpResponse().isSuccessful()) {
            return new S3Answer(response.httpResponse(), body);
        }
        try {
            throw refusal(response.httpResponse(), body.readNBytes(MAX_ERROR_BYTES));
        } finally {
            body.abort();
        }
    }

    Optional<String> header(String name) {
        return head.firstMatchingHeader(name);
    }

    /** S3's id of the request; empty where it gave none. */
    String requestId() {
        return header("x-amz-request-id").orElse("");
    }

    void abort() {
        body.abort();
    }

    private static S3Exception refusal(SdkHttpResponse head, byte[] body) {
        Map<String, String> said = fields(body);
        String code = said.getOrDefault("Code", "");
        String message = said.getOrDefault("Message", "");
        var exception = S3Exception.builder();
        exception
                .awsErrorDetails(AwsErrorDetails.builder()
                        .serviceName("S3")
                        .errorCode(code)
                        .errorMessage(message)
                        .sdkHttpResponse(head)
                        .build())
                .requestId(head.firstMatchingHeader("x-amz-request-id").orElse(said.get("RequestId")))
                .extendedRequestId(head.firstMatchingHeader("x-amz-id-2").orElse(null))
                .statusCode(head.statusCode())
                .message(message);
        return (S3Exception) exception.build();
    }

    /** What a body in XML says; as much as can be read of it, since proxies answer with anything. */
    private static Map<String, String> fields(byte[] body) {
        Map<String, String> fields = new HashMap<>();
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(body));
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamReader.START_ELEMENT && ERROR_FIELDS.contains(xml.getLocalName())) {
                    fields.putIfAbsent(xml.getLocalName(), xml.getElementText());
                }
            }
        } catch (XMLStreamException notOrNoLongerXml) {
            return fields;
        }
        return fields;
    }
}
