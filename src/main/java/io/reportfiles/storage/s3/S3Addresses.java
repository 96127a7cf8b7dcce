package io.reportfiles.storage.s3;

import io.reportfiles.storage.ObjectVersion;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.endpoints.AwsEndpointAttribute;
import software.amazon.awssdk.awscore.endpoints.authscheme.EndpointAuthScheme;
import software.amazon.awssdk.awscore.endpoints.authscheme.SigV4AuthScheme;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointParams;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointProvider;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/**
 * Where buckets are reached and how requests to them are signed: the SDK's own rules, asked once for each bucket. Any
 * number of threads may ask.
 */
final class S3Addresses {

    private final S3EndpointProvider rules;
    private final Consumer<S3EndpointParams.Builder> configured;
    private final Map<String, Address> known = new ConcurrentHashMap<>();

    /**
     * Asks nothing yet.
     *
     * @param configured sets all that the rules want to know, except the bucket
     */
    S3Addresses(S3EndpointProvider rules, Consumer<S3EndpointParams.Builder> configured) {
        this.rules = rules;
        this.configured = configured;
    }

    /**
     * Where a bucket is reached.
     *
     * @param root what the paths of its objects are below
     * @param signingRegion region that signatures are made for
     * @param signingName service that signatures are made for
     */
    record Address(URI root, Map<String, List<String>> headers, String signingRegion, String signingName) {

        /** A request that reads this version. */
        SdkHttpRequest.Builder get(ObjectVersion version) {
            String below = Optional.ofNullable(root.getRawPath()).orElse("").replaceAll("(?<!/)/++$", "");
            SdkHttpRequest.Builder request = SdkHttpRequest.builder()
                    .method(SdkHttpMethod.GET)
                    .protocol(root.getScheme())
                    .host(root.getHost())
                    .port(root.getPort() < 0 ? null : root.getPort())
                    .encodedPath(below + "/"
                            + SdkHttpUtils.urlEncodeIgnoreSlashes(version.key().value()));
            headers.forEach(request::putHeader);
            version.versionId().ifPresent(id -> request.putRawQueryParameter("versionId", id));
            return request;
        }
    }

    /**
     * Where this bucket is reached.
     *
     * @throws SdkException if the rules know no place for it
     */
    Address of(String bucket) {
        Address found = known.get(bucket);
        return found == null ? known.computeIfAbsent(bucket, this::resolve) : found;
    }

    private Address resolve(String bucket) {
        Endpoint endpoint;
        try {
            endpoint = rules.resolveEndpoint(
                            parameters -> parameters.applyMutation(configured).bucket(bucket))
                    .join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof SdkException known
                    ? known
                    : SdkClientException.create("Where bucket %s is can not be told".formatted(bucket), failure);
        }
        for (EndpointAuthScheme scheme : endpoint.attribute(AwsEndpointAttribute.AUTH_SCHEMES)) {
            if (scheme instanceof SigV4AuthScheme signed) {
                return new Address(
                        endpoint.endpointUrl().toUri(),
                        endpoint.headers(),
                        signed.signingRegion(),
                        signed.signingName());
            }
        }
        throw SdkClientException.create("Bucket %s wants signatures of a kind that is not supported".formatted(bucket));
    }
}
